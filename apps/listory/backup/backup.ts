import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ARCHIVE_TABLES } from '@listory/archive';
import { headPosition, LOG_TABLES, verifyLog } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BackupDamagedError, NotEmptyError } from './errors.js';

/** All that cannot be made again: views are, from these. */
const TABLES: readonly string[] = [...LOG_TABLES, ...ARCHIVE_TABLES];

const FIRST_LINE = '-- listory backup 1';
const LAST_LINE = '-- end';

/**
 * Writes the log and the archive, as of one moment, into one packed file; imports go on meanwhile. The file appears
 * under its name only when it is whole. Returns the log position that it reaches.
 */
export async function backup(pool: Pool, file: string): Promise<bigint> {
  const client = await pool.connect();
  const draft = `${file}.part`;
  try {
    await client.query('begin isolation level repeatable read read only');
    const head = await headPosition(client);
    await pipeline(Readable.from(linesOf(client)), createGzip(), createWriteStream(draft, { mode: 0o600 }));
    await client.query('commit');
    await rename(draft, file);
    return head;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    client.release();
  }
}

/** The tables one after the other, each in PostgreSQL's own text form, which has one row a line. */
async function* linesOf(client: PoolClient): AsyncGenerator<string | Buffer> {
  yield `${FIRST_LINE}\n`;
  for (const table of TABLES) {
    yield `-- table ${table}\n`;
    for await (const chunk of client.query(copyTo(`copy ${table} to stdout`))) yield chunk as Buffer;
  }
  yield `${LAST_LINE}\n`;
}

/**
 * Brings a backup into an empty database, whole or not at all, and checks the log's digests. Returns its head position.
 * @throws NotEmptyError, BackupDamagedError
 */
export async function restore(pool: Pool, file: string): Promise<bigint> {
  const head = await headPosition(pool);
  if (head > 0n) throw new NotEmptyError(head);
  const client = await pool.connect();
  try {
    await client.query('begin');
    await fillTables(client, file);
    for await (const difference of verifyLog(client)) throw new BackupDamagedError(file, String(difference));
    const restored = await headPosition(client);
    await client.query('commit');
    return restored;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function fillTables(client: PoolClient, file: string): Promise<void> {
  const lines = readLines(file);
  if ((await lines.next()).value !== FIRST_LINE) throw new BackupDamagedError(file, 'it is no backup of Listory');
  let line = (await lines.next()).value as string | undefined;
  for (const table of TABLES) {
    if (line !== `-- table ${table}`) throw new BackupDamagedError(file, `the table ${table} is missing`);
    const rows = async function* () {
      for (;;) {
        line = (await lines.next()).value as string | undefined;
        if (line === undefined || line.startsWith('-- ')) return;
        yield `${line}\n`;
      }
    };
    await pipeline(Readable.from(rows()), client.query(copyFrom(`copy ${table} from stdin`)));
  }
  if (line !== LAST_LINE) throw new BackupDamagedError(file, 'it is cut off');
}

/** The lines of the unpacked file; split at line feeds only, since rows may hold any other character. */
async function* readLines(file: string): AsyncGenerator<string, undefined> {
  let rest = '';
  try {
    const source = createReadStream(file);
    const unpacked = createGunzip().setEncoding('utf8');
    source.on('error', (error) => unpacked.destroy(error)).pipe(unpacked);
    for await (const chunk of unpacked) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new BackupDamagedError(file, code === 'ENOENT' ? 'there is no such file' : message);
  }
  return undefined;
}
