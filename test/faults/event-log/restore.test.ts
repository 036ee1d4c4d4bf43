import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, catchUp, checkpoints, positionAt, readEvents, verifyLog } from '@listory/event-log';
import { openDatabase, type Database } from '@listory/postgres';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { event, record } from './sample.js';

const TABLES = ['log.streams', 'log.events', 'log.checkpoints', 'archive.documents'];

let old: FreshDatabase;
let elsewhere: Database;
const folder = mkdtempSync(path.join(tmpdir(), 'listory-restore-'));
beforeAll(async () => {
  old = await freshDatabase();
  // Transaction ids of the old cluster are ahead of the new one's: nothing may hang on them.
  for (let n = 0; n < 200; n++) await old.database.pool.query('select pg_current_xact_id()');
  elsewhere = await openDatabase({ dataFolder: folder });
});
afterAll(async () => {
  await old.drop();
  await elsewhere.close();
  rmSync(folder, { recursive: true });
});

/** Copies a table's rows as text, as pg_dump and pg_restore do. */
async function copyTable(table: string, from: pg.Pool, to: pg.Pool): Promise<void> {
  const [source, target] = await Promise.all([from.connect(), to.connect()]);
  try {
    await pipeline(source.query(copyTo(`copy ${table} to stdout`)), target.query(copyFrom(`copy ${table} from stdin`)));
  } finally {
    source.release();
    target.release();
  }
}

describe('a backup restored into another cluster', () => {
  it('is alive: all is read, verified, appended to and followed on', async () => {
    const before = old.database.pool;
    const lost = { expected: new Map([['a', 0n]]), events: [event('a', { data: { text: 'tab\t back\\slash "quote" \n é' } }), event('a')] };
    const answer = await append(before, lost);
    for (let n = 0; n < 20; n++) await record(before, n % 2 ? 'a' : 'b', 1 + (n % 4));
    const seen: bigint[] = [];
    const following = { name: 'projector', handle: async (_client: unknown, events: readonly { position: bigint }[]) => void seen.push(...events.map((one) => one.position)) };
    const reached = await catchUp(before, following);
    const { last } = await record(before, 'b', 3);
    const bytes = Buffer.from([0, 1, 255, 10, 92]);
    await before.query(`insert into archive.documents (sha256, bytes, size) values (encode(sha256($1::bytea), 'hex'), $1, 5)`, [bytes]);

    const after = elsewhere.pool;
    for (const table of TABLES) await copyTable(table, before, after);

    expect(await readEvents(after, { after: 0n })).toEqual(await readEvents(before, { after: 0n }));
    for await (const difference of verifyLog(after)) throw new Error(String(difference));
    expect((await after.query('select bytes from archive.documents')).rows[0].bytes).toEqual(bytes);
    expect(await append(after, lost)).toEqual(answer);
    const next = await record(after, 'a', 2);
    expect(next.first).toBe(last + 1n);
    expect(await positionAt(after, next.recordedAt)).toBe(next.last);
    expect((await checkpoints(after)).map((one) => [one.name, one.position])).toEqual([['projector', reached]]);
    expect(await catchUp(after, following)).toBe(next.last);
    expect(seen).toEqual(Array.from({ length: Number(next.last) }, (_, n) => BigInt(n + 1)));
  });
});
