import { DocumentDamagedError, DocumentMissingError, manifestOf, readDocument, sha256Of, type ArchivedDocument } from '@listory/archive';
import type { Pool } from 'pg';
import type { Finding } from './finding.js';

/** Every archived document has the bytes that its name says, and every edition the documents that its name says. */
export async function* checkArchive(db: Pool): AsyncGenerator<Finding, void, void> {
  const { rows } = await db.query<{ sha256: string }>('select sha256 from archive.documents order by sha256');
  for (const { sha256 } of rows) {
    const problem = await problemOf(() => readDocument(db, sha256));
    if (problem) yield { promise: 'archive', difference: problem };
  }
  const editions = await db.query<{ list: string; moment: string; sha256: string; documents: ArchivedDocument[] }>(
    'select list, moment, sha256, documents from editions.editions order by list, moment',
  );
  const held = new Set(rows.map((row) => row.sha256));
  for (const { list, moment, sha256, documents } of editions.rows) {
    const where = `edition ${moment} of ${list} (${sha256.slice(0, 12)})`;
    const missing = documents.find((one) => !held.has(one.sha256));
    if (missing) yield { promise: 'archive', difference: `${where}: its document ${missing.name} is missing` };
    const name = documents.length === 1 ? documents[0]!.sha256 : sha256Of(manifestOf(documents));
    if (name !== sha256) yield { promise: 'archive', difference: `${where}: its documents give the name ${name}` };
  }
}

async function problemOf(read: () => Promise<unknown>): Promise<string | null> {
  try {
    await read();
    return null;
  } catch (error) {
    if (error instanceof DocumentDamagedError || error instanceof DocumentMissingError) return error.message;
    throw error;
  }
}
