import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, headPosition, readEvents, verifyLog, type RecordedEvent } from '@listory/event-log';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { events } from './sample.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
beforeEach(async () => {
  fresh = await freshDatabase({ poolSize: 16 });
  pool = fresh.database.pool;
});
afterEach(() => fresh.drop());

const WRITERS = 12;
const APPENDS = 15;
const LISTS = ['a', 'b', 'c'];

/** Writes with pauses between append and end of transaction; one in four is rolled back. Returns how many events stay. */
async function write(writer: number): Promise<number> {
  const client = await pool.connect();
  let kept = 0;
  try {
    for (let n = 0; n < APPENDS; n++) {
      const batch = [...events(LISTS[(writer + n) % 3]!, 1 + (n % 3)), ...(n % 2 ? events(LISTS[(writer + n + 1) % 3]!, 1) : [])];
      await client.query('begin');
      await append(client, { expected: new Map(batch.map((event) => [event.list, 'any' as const])), events: batch, timeoutMs: 60_000 });
      await sleep(Math.random() * 4);
      const keep = (writer + n) % 4 > 0;
      await client.query(keep ? 'commit' : 'rollback');
      if (keep) kept += batch.length;
    }
  } catch {
    await client.query('rollback');
  } finally {
    client.release();
  }
  return kept;
}

/** Reads at the tail all the while, remembering only the last position seen. */
async function tail(stop: AbortSignal): Promise<RecordedEvent[]> {
  const seen: RecordedEvent[] = [];
  for (let last = false; ; ) {
    const batch = await readEvents(pool, { after: seen.at(-1)?.position ?? 0n, limit: 7 });
    seen.push(...batch);
    if (!batch.length && last) return seen;
    if (!batch.length) last = stop.aborted;
    await sleep(1);
  }
}

async function writeAndRead(): Promise<{ kept: number; seen: RecordedEvent[]; again: RecordedEvent[] }> {
  const stop = new AbortController();
  const reading = [tail(stop.signal), tail(stop.signal)];
  const kept = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  stop.abort();
  const [seen, again] = await Promise.all(reading);
  return { kept: kept.reduce((sum, n) => sum + n, 0), seen: seen!, again: again! };
}

/** Replaces a piece of log.append by another, to show that these tests notice. */
async function mutilate(piece: RegExp, by: string): Promise<void> {
  const { rows } = await pool.query(`select pg_get_functiondef('log.append'::regproc) as definition`);
  expect(rows[0].definition).toMatch(piece);
  await pool.query(rows[0].definition.replace(piece, by));
}

const theLock = /perform pg_advisory_xact_lock\(\d+\);/;

describe('with 12 writers that pause and roll back', () => {
  it('a reader at the tail sees every event once, in an order that agrees with each list’s', async () => {
    const { kept, seen, again } = await writeAndRead();
    expect(seen).toEqual(again);
    expect(seen.length).toBe(kept);
    expect(seen.map((event) => event.position)).toEqual(Array.from({ length: kept }, (_, n) => BigInt(n + 1)));
    expect(new Set(seen.map((event) => event.id)).size).toBe(kept);
    for (const list of LISTS) {
      const versions = seen.filter((event) => event.list === list).map((event) => event.version);
      expect(versions).toEqual(versions.map((_, n) => BigInt(n + 1)));
    }
    const times = seen.map((event) => event.recordedAt);
    expect(times).toEqual([...times].sort());
    for await (const difference of verifyLog(pool)) throw new Error(String(difference));
  });

  it('without the log’s lock, appends fail on each other', async () => {
    await mutilate(theLock, '');
    const { kept } = await writeAndRead();
    expect(kept).toBeLessThan(WRITERS * APPENDS);
  });

  it('with a plain sequence in its place, the reader skips events: the fault that the lock is for', async () => {
    await pool.query('create sequence log.positions');
    await mutilate(theLock, '');
    await mutilate(/first_position := coalesce\(previous\.position, 0\) \+ 1;/, `select min(n) into first_position from (select nextval('log.positions') n from unnest(ids)) s;`);
    const { seen } = await writeAndRead();
    expect(seen.length).toBeLessThan(Number((await pool.query('select count(*) from log.events')).rows[0].count));
  });
});

describe('a foreign transaction that is left open', () => {
  it('keeps no event from readers, whether in this database or in another', async () => {
    const elsewhere = await freshDatabase();
    const open = await Promise.all([pool.connect(), elsewhere.database.pool.connect()]);
    for (const client of open) {
      await client.query('begin');
      await client.query('create table foreign_work (n int)');
      await client.query('select pg_current_xact_id()');
    }
    const head = await headPosition(pool);
    const { last } = await append(pool, { expected: new Map([['a', 'any' as const]]), events: events('a', 3) });
    expect((await readEvents(pool, { after: head })).map((event) => event.position)).toEqual([last - 2n, last - 1n, last]);
    for (const client of open) {
      await client.query('rollback');
      client.release();
    }
    await elsewhere.drop();
  });
});
