import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { DocumentDamagedError, DocumentMissingError } from './errors.js';

/** One file of an edition, as the publisher gave it (unpacked). */
export interface ArchivedDocument {
  name: string;
  sha256: string;
  size: number;
}

/** The lower-case hex SHA-256 of some bytes. */
export function sha256Of(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Stores the files of one edition before anything reads them, and names the edition: a single file by its own sha256,
 * several by the sha256 of a manifest (`<sha256>  <name>` a line, by name), which is stored like a file.
 * Storing the same bytes again changes nothing.
 */
export async function archiveEdition(
  db: Pool | PoolClient,
  documents: readonly { name: string; bytes: Buffer }[],
): Promise<{ sha256: string; documents: ArchivedDocument[] }> {
  const stored: ArchivedDocument[] = [];
  for (const { name, bytes } of documents) {
    const sha256 = sha256Of(bytes);
    await store(db, sha256, bytes);
    stored.push({ name, sha256, size: bytes.length });
  }
  stored.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (stored.length === 1) return { sha256: stored[0]!.sha256, documents: stored };
  const manifest = Buffer.from(manifestOf(stored));
  const sha256 = sha256Of(manifest);
  await store(db, sha256, manifest);
  return { sha256, documents: stored };
}

/** The text whose sha256 names an edition of several files. */
export function manifestOf(documents: readonly ArchivedDocument[]): string {
  return documents.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

/**
 * The bytes of one document, checked against its name.
 * @throws DocumentMissingError, DocumentDamagedError
 */
export async function readDocument(db: Pool | PoolClient, sha256: string): Promise<Buffer> {
  const { rows } = await db.query<{ bytes: Buffer }>('select bytes from archive.documents where sha256 = $1', [sha256]);
  if (!rows[0]) throw new DocumentMissingError(sha256);
  const { bytes } = rows[0];
  const actual = sha256Of(bytes);
  if (actual !== sha256) throw new DocumentDamagedError(sha256, actual);
  return bytes;
}

async function store(db: Pool | PoolClient, sha256: string, bytes: Buffer): Promise<void> {
  const { rowCount } = await db.query('select from archive.documents where sha256 = $1', [sha256]);
  if (rowCount) return;
  await db.query(
    'insert into archive.documents (sha256, bytes, size) values ($1, $2, $3) on conflict (sha256) do nothing',
    [sha256, bytes, bytes.length],
  );
}

/** The tables that a backup of the archive holds. */
export const ARCHIVE_TABLES = ['archive.documents'] as const;
