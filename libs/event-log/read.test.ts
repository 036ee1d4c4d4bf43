import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { event, events, insertRow, record } from '../../test/faults/event-log/sample.js';
import { append, catchUp, headPosition, NotAnInstantError, positionAt, readEvents, recordedAt, snapToBatch, streamEvents, type Connection, type Reading } from './index.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
async function begin() {
  fresh = await freshDatabase();
  pool = fresh.database.pool;
}
const end = () => fresh.drop();

const any = (list: string) => new Map([[list, 'any' as const]]);

async function positions(reading: Reading & { limit?: number }): Promise<number[]> {
  return (await readEvents(pool, reading)).map((one) => Number(one.position));
}

describe('an empty log', () => {
  beforeAll(begin);
  afterAll(end);

  it('has no head, no events, no times', async () => {
    expect(await headPosition(pool)).toBe(0n);
    expect(await readEvents(pool, { after: 0n })).toEqual([]);
    expect(await positionAt(pool, '2999-01-01T00:00:00Z')).toBe(0n);
    expect(await snapToBatch(pool, 5n)).toBe(0n);
    expect(await recordedAt(pool, 5n)).toBeNull();
    for await (const batch of streamEvents(pool, { after: 0n })) throw new Error(`a batch of ${batch.length}`);
  });
});

describe('reading', () => {
  beforeAll(async () => {
    await begin();
    for (const list of ['a', 'b', 'a']) await record(pool, list, 4);
    await append(pool, { expected: any('a'), events: [event('a', { type: 'removed', subject: 'a:2' })] });
  });
  afterAll(end);

  it('goes on after a position, up to another, at most so many', async () => {
    expect(await positions({ after: 0n })).toEqual(Array.from({ length: 13 }, (_, n) => n + 1));
    expect(await positions({ after: 3n, limit: 2 })).toEqual([4, 5]);
    expect(await positions({ after: 3n, upTo: 5n })).toEqual([4, 5]);
    expect(await positions({ after: 13n })).toEqual([]);
  });

  it('is narrowed by list, type and subjects, together', async () => {
    expect(await positions({ after: 2n, list: 'a' })).toEqual([3, 4, 9, 10, 11, 12, 13]);
    expect(await positions({ after: 0n, type: 'removed' })).toEqual([13]);
    expect(await positions({ after: 0n, subjects: ['a:2', 'b:0'] })).toEqual([3, 5, 11, 13]);
    expect(await positions({ after: 0n, subjects: [] })).toEqual([]);
    expect(await positions({ after: 3n, list: 'a', type: 'removed', subjects: ['a:2'], upTo: 12n })).toEqual([]);
  });

  it.each([1, 4, 5, 13, 100])('as a stream of batches of %d gives the same, once each', async (batchSize) => {
    const streamed = [];
    for await (const batch of streamEvents(pool, { after: 1n, list: 'a' }, batchSize)) streamed.push(...batch);
    expect(streamed).toEqual(await readEvents(pool, { after: 1n, list: 'a' }));
  });

  it('as a stream can be left before its end', async () => {
    for await (const batch of streamEvents(pool, { after: 0n }, 2)) {
      expect(batch.length).toBe(2);
      break;
    }
  });
});

describe('a state of knowledge', () => {
  beforeAll(async () => {
    await begin();
    for (const [position, batchEnd, at] of [[1n, 3n, '000001'], [2n, 3n, '000001'], [3n, 3n, '000001'], [4n, 4n, '000001'], [5n, 6n, '000003'], [6n, 6n, '000003']] as const) {
      await insertRow(pool, position, `2026-01-01T00:00:00.${at}Z`, { batchEnd });
    }
  });
  afterAll(end);

  it.each([
    ['2026-01-01T00:00:00.000000Z', 0n],
    ['2026-01-01T00:00:00.000001Z', 4n],
    ['2026-01-01T00:00:00.000002Z', 4n],
    ['2026-01-01T01:00:00.000003+01:00', 6n],
    ['2026-01-01T00:00:00Z', 0n],
    ['2027-01-01t00:00:00z', 6n],
  ])('at %s is position %d: the end of the last append by then, to the microsecond', async (instant, position) => {
    expect(await positionAt(pool, instant)).toBe(position);
  });

  it.each(['2026-01-01', 'now', 'yesterday', '', '2026-13-01T00:00:00Z', '@5'])('is refused for "%s"', async (text) => {
    await expect(positionAt(pool, text)).rejects.toBeInstanceOf(NotAnInstantError);
  });

  it('never lies inside an append', async () => {
    expect(await Promise.all([0n, 1n, 2n, 3n, 4n, 5n, 6n, 99n].map((at) => snapToBatch(pool, at)))).toEqual([0n, 0n, 0n, 3n, 4n, 4n, 6n, 6n]);
  });

  it('has an instant', async () => {
    expect(await recordedAt(pool, 0n)).toBeNull();
    expect(await recordedAt(pool, 4n)).toBe('2026-01-01T00:00:00.000001Z');
    expect(await recordedAt(pool, 99n)).toBe('2026-01-01T00:00:00.000003Z');
  });
});

describe('positions above 2³² and times with microseconds', () => {
  beforeAll(begin);
  afterAll(end);

  it('go in and out without loss, and the log goes on from them', async () => {
    const far = 2n ** 53n + 1n;
    await insertRow(pool, far, '2026-01-01T00:00:00.123457Z');
    await insertRow(pool, 2n ** 33n + 1n, '2026-01-01T00:00:00.123456Z', { version: 1n });
    expect(await headPosition(pool)).toBe(far);
    expect(await positionAt(pool, '2026-01-01T00:00:00.123456Z')).toBe(2n ** 33n + 1n);
    expect(await snapToBatch(pool, far)).toBe(far);
    const read = await readEvents(pool, { after: 2n ** 33n });
    expect(read.map((one) => [one.position, one.version, one.batchEnd, one.recordedAt])).toEqual([
      [2n ** 33n + 1n, 1n, 2n ** 33n + 1n, '2026-01-01T00:00:00.123456Z'],
      [far, far, far, '2026-01-01T00:00:00.123457Z'],
    ]);
    const { first, last } = await record(pool, 'on', 2);
    expect([first, last]).toEqual([far + 1n, far + 2n]);
    const seen: bigint[] = [];
    expect(await catchUp(pool, { name: 'far', handle: async (_client, batch) => void seen.push(...batch.map((one) => one.position)) })).toBe(last);
    expect(seen).toEqual([2n ** 33n + 1n, far, far + 1n, far + 2n]);
  });
});

describe('a clock that steps back', () => {
  beforeAll(begin);
  afterAll(end);

  it('makes no later event look earlier', async () => {
    await insertRow(pool, 1n, '2999-01-01T00:00:00.000007Z');
    const { recordedAt: at } = await record(pool, 'after', 2);
    expect(at).toBe('2999-01-01T00:00:00.000007Z');
    const times = (await readEvents(pool, { after: 0n })).map((one) => one.recordedAt);
    expect(times).toEqual([...times].sort());
    expect(await positionAt(pool, at)).toBe(3n);
  });
});

describe('on 20,000 rows', () => {
  beforeAll(async () => {
    await begin();
    for (let n = 0; n < 20; n++) await append(pool, { expected: any(`l${n % 4}`), events: events(`l${n % 4}`, 1000) });
    await pool.query('analyze log.events');
  });
  afterAll(end);

  /** The plan of whatever query `ask` sends. */
  async function planOf(ask: (db: Connection) => Promise<unknown>): Promise<string> {
    let plan = '';
    const explaining = {
      query: async (text: string, values: unknown[]) => {
        const { rows } = await pool.query(`explain (costs off) ${text}`, values);
        plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        return { rows: [] };
      },
    };
    await ask(explaining as unknown as Connection);
    return plan;
  }

  it.each([0n, 10_000n, 19_999n, 20_000n])('the next batch after %d comes from the index, in its order', async (after) => {
    const plan = await planOf((db) => readEvents(db, { after, limit: 1000 }));
    expect(plan).toMatch(/Index Scan using events_pkey.*\n.*Index Cond: \("?position"? > /);
    expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
  });

  it('one list’s next batch, one listing’s history and a state of knowledge come from an index too', async () => {
    expect(await planOf((db) => readEvents(db, { after: 10_000n, list: 'l3', limit: 100 }))).toMatch(/Index Scan using events_(pkey|by_list)/);
    expect(await planOf((db) => readEvents(db, { after: 0n, subjects: ['l1:5'] }))).toMatch(/events_by_subject/);
    expect(await planOf((db) => positionAt(db, '2999-01-01T00:00:00Z'))).toMatch(/Index Only Scan Backward using appends_by_time/);
    expect(await planOf((db) => snapToBatch(db, 10_500n))).toMatch(/Index Only Scan Backward using appends/);
    expect(await planOf((db) => headPosition(db))).toMatch(/Index Only Scan Backward using/);
  });
});
