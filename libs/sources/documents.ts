import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { UnreadableEditionError } from './errors.js';

/** One document of an edition, decompressed. */
export interface SourceDocument {
  name: string;
  bytes: Buffer;
}

/** What an edition may hold at most: the largest known one (the whole CSL) has some 20 MB in one file. */
export interface EditionLimits {
  /** Decompressed bytes of all documents together. */
  bytes: number;
  files: number;
}

export const EDITION_LIMITS: EditionLimits = { bytes: 256 * 1024 * 1024, files: 32 };

/** A `.csv.gz` in a `.zip`; there are archives that unpack to themselves for ever. */
const DEEPEST = 2;

/**
 * The documents of one edition: a file, or a folder whose files form it (not its subfolders, not dot files).
 * `.gz` and `.zip` are known by their first bytes, not by their names, and unpacked; `.gz` leaves the name.
 * @param path of a file or folder
 * @param limits against decompression bombs
 * @throws UnreadableEditionError with the file at fault
 */
export async function openEdition(path: string, limits: EditionLimits = EDITION_LIMITS): Promise<SourceDocument[]> {
  const edition = new OpenedEdition(limits);
  for (const file of await filesOf(path)) await edition.add(file, basename(file), await bytesOf(file, limits));
  return edition.documents;
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => fail(path, unreachable(error)));
  if (!found.isDirectory()) return [path];
  const entries = (await readdir(path, { withFileTypes: true })).filter((entry) => !entry.name.startsWith('.'));
  const folder = entries.find((entry) => entry.isDirectory());
  if (folder !== undefined) {
    fail(path, `holds the folder ${folder.name}: one folder is one edition, so name the inner folders one by one.`);
  }
  if (entries.length === 0) fail(path, 'the folder is empty: an edition needs at least one file.');
  return entries.map((entry) => join(path, entry.name)).toSorted();
}

async function bytesOf(file: string, limits: EditionLimits): Promise<Buffer> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => fail(file, unreachable(error)));
  if (size > limits.bytes) fail(file, tooLarge(limits));
  return readFile(file).catch((error: NodeJS.ErrnoException) => fail(file, unreachable(error)));
}

/** Collects documents and refuses to grow past the limits. */
class OpenedEdition {
  readonly documents: SourceDocument[] = [];
  private size = 0;

  constructor(private readonly limits: EditionLimits) {}

  async add(file: string, printedName: string, bytes: Buffer, depth = 0): Promise<void> {
    const name = printedName.replace(/\.gz$/i, '');
    if (depth < DEEPEST && isGzip(bytes)) return this.add(file, name, await this.unpackGzip(file, bytes), depth + 1);
    if (depth < DEEPEST && isZip(bytes)) return this.addZip(file, bytes, depth + 1);
    this.size += bytes.length;
    if (this.size > this.limits.bytes) fail(file, tooLarge(this.limits));
    if (this.documents.length >= this.limits.files) fail(file, `holds more than ${this.limits.files} files.`);
    this.documents.push({ name, bytes });
  }

  private room(): number {
    return Math.max(1, this.limits.bytes - this.size);
  }

  private async unpackGzip(file: string, bytes: Buffer): Promise<Buffer> {
    return promisify(gunzip)(bytes, { maxOutputLength: this.room() }).catch((error: NodeJS.ErrnoException) =>
      fail(file, error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(this.limits) : `damaged gzip (${error.message}).`),
    );
  }

  private async addZip(file: string, bytes: Buffer, depth: number): Promise<void> {
    const zip = await openZip(file, bytes);
    for (const entry of await entriesOf(file, zip, this.limits.files)) {
      if (entry.uncompressedSize > this.room()) fail(file, tooLarge(this.limits));
      await this.add(file, basename(entry.fileName), await unpackEntry(file, zip, entry, this.room()), depth);
    }
  }
}

async function openZip(file: string, bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve) =>
    fromBuffer(bytes, { lazyEntries: true, autoClose: false }, (error, zip) => {
      resolve(error === null ? zip : Promise.reject(new UnreadableEditionError(file, `damaged zip (${error.message}).`)));
    }),
  );
}

async function entriesOf(file: string, zip: ZipFile, most: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  await new Promise<void>((resolve, reject) => {
    const refuse = (problem: string) => reject(new UnreadableEditionError(file, problem));
    zip.on('entry', (entry: Entry) => {
      if (!/\/$|(^|\/)(\.|__MACOSX)/.test(entry.fileName)) entries.push(entry);
      if (entries.length > most) refuse(`holds more than ${most} files.`);
      else zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', (error: Error) => refuse(`damaged zip (${error.message}).`));
    zip.readEntry();
  });
  return entries;
}

/** Reads one entry, counting what really comes out: the size in the archive's directory is only a claim. */
async function unpackEntry(file: string, zip: ZipFile, entry: Entry, room: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const damaged = (error: Error) =>
      reject(new UnreadableEditionError(file, `damaged zip at ${entry.fileName} (${error.message}).`));
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return damaged(error);
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('error', damaged);
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > room) stream.destroy(new Error('it unpacks to more than is allowed'));
        else chunks.push(chunk);
      });
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

function tooLarge(limits: EditionLimits): string {
  return `unpacks to more than ${Math.floor(limits.bytes / 1024 / 1024)} MB, the limit for one edition; no known edition is near it.`;
}

function unreachable(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'no such file or folder.' : `cannot be read (${error.code ?? error.message}).`;
}

function fail(path: string, problem: string): never {
  throw new UnreadableEditionError(path, problem);
}
