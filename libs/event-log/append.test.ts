import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { event, events, record } from '../../test/faults/event-log/sample.js';
import {
  append, AppendMisusedError, EventIdReusedError, headPosition, LogBusyError, readEvents, streamVersions, VersionConflictError, type NewEvent, type RecordedEvent,
} from './index.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  fresh = await freshDatabase({ poolSize: 24 });
  pool = fresh.database.pool;
});
afterAll(() => fresh.drop());

const any = (...lists: string[]) => new Map(lists.map((list) => [list, 'any' as const]));

/** What was given, without what the log added. */
function given(recorded: RecordedEvent): NewEvent {
  const { id, list, type, subject, effectiveAt, cause, changeClass, schemaVersion, data } = recorded;
  return { id, list, type, subject, effectiveAt, cause, changeClass, schemaVersion, data };
}

async function transaction<T>(work: (client: pg.PoolClient) => Promise<T>, begin = 'begin'): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Until so many sessions of this database wait for another's lock. */
async function untilWaiting(sessions: number): Promise<void> {
  const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  while ((await pool.query(waiting)).rowCount !== sessions) await sleep(5);
}

describe('an append', () => {
  it('is read back as it was given, numbered in the log and in each list', async () => {
    const head = await headPosition(pool);
    const news = [
      event('first', { data: { text: 'Ümläut "quoted" \\ 中文 🏢 \u2028 \u007f \t\n', empty: {}, list: [1, 2.5, null], deep: { b: 1, a: 2 } } }),
      event('second', { effectiveAt: null, changeClass: null, schemaVersion: 7, cause: 'baseline' }),
      event('first', { effectiveAt: '2022-02-23T18:00:00Z', changeClass: 'editorial', subject: 'first:"a, b"\n{}' }),
    ];
    const answer = await append(pool, { expected: new Map<string, bigint | 'any'>([['first', 0n], ['second', 'any']]), events: news });
    expect(answer).toMatchObject({ first: head + 1n, last: head + 3n, versions: new Map([['first', 2n], ['second', 1n]]) });
    const read = await readEvents(pool, { after: head });
    expect(read.map(given)).toEqual(news);
    expect(read.map((one) => [one.position - head, one.version, one.batchEnd - head])).toEqual([[1n, 1n, 3n], [2n, 1n, 3n], [3n, 2n, 3n]]);
    expect(read.map((one) => one.recordedAt)).toEqual(Array(3).fill(answer.recordedAt));
    expect(answer.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it.each(['a\u0000b', 'half \ud83c', '\udfe2 half', '\\\u0000'])('is refused with text that cannot be stored, by its event: %j', async (text) => {
    const odd = event('odd', { data: { text } });
    await expect(append(pool, { expected: any('odd'), events: [event('odd'), odd] })).rejects.toMatchObject({ name: 'UnstorableTextError', eventId: odd.id });
  });

  it('keeps the data as JSON.stringify wrote it', async () => {
    const odd = event('odd', { data: JSON.parse('{"__proto__": 1, "10": "ten", "e": 1e21, "u": "\\\\u0000"}') });
    await append(pool, { expected: any('odd'), events: [odd] });
    const { rows } = await pool.query(`select data::text from log.events where list = 'odd'`);
    expect(rows[0].data).toBe(JSON.stringify(odd.data));
    expect((await readEvents(pool, { after: 0n, list: 'odd' })).map(given)).toEqual([odd]);
  });

  it('leaves nothing behind when its transaction is rolled back', async () => {
    const head = await headPosition(pool);
    await expect(transaction(async (client) => {
      await record(client, 'undone', 5);
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');
    const { first } = await record(pool, 'undone');
    expect(first).toBe(head + 1n);
    expect(await streamVersions(pool, ['undone', 'nobody'])).toEqual(new Map([['undone', 1n], ['nobody', 0n]]));
  });

  it('is one per transaction', async () => {
    const head = await headPosition(pool);
    const twice = transaction(async (client) => {
      await record(client, 'twice');
      await record(client, 'twice');
    });
    await expect(twice).rejects.toBeInstanceOf(AppendMisusedError);
    expect(await headPosition(pool)).toBe(head);
    await transaction((client) => record(client, 'twice'));
    await transaction((client) => record(client, 'twice'));
    expect(await headPosition(pool)).toBe(head + 2n);
  });

  it.each(['begin isolation level repeatable read', 'begin isolation level serializable'])('is refused after "%s", under which it could not see the log’s end', async (begin) => {
    await expect(transaction((client) => record(client, 'isolated'), begin)).rejects.toBeInstanceOf(AppendMisusedError);
  });

  it('is refused without events, and with a list of which nothing is expected', async () => {
    await expect(append(pool, { expected: any('x'), events: [] })).rejects.toBeInstanceOf(AppendMisusedError);
    await expect(append(pool, { expected: any('x'), events: [event('y')] })).rejects.toThrow(/no expected version/);
  });

  it('leaves the caller’s own lock_timeout as it was', async () => {
    const timeout = await transaction(async (client) => {
      await client.query(`set local lock_timeout = '77ms'`);
      await record(client, 'timeout');
      return (await client.query('show lock_timeout')).rows[0].lock_timeout;
    });
    expect(timeout).toBe('77ms');
  });
});

describe('the expected version', () => {
  it('lets one of 20 parallel creates win, and tells the others where the list is', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => append(pool, { expected: new Map([['created', 0n]]), events: events('created', 3) })));
    expect(tries.filter((one) => one.status === 'fulfilled').length).toBe(1);
    for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ name: 'VersionConflictError', list: 'created', expected: 0n, actual: 3n });
    expect((await readEvents(pool, { after: 0n, list: 'created' })).length).toBe(3);
  });

  it('holds until the end: of several that wait for the log together, one wins', async () => {
    await record(pool, 'existing', 2);
    const open = await pool.connect();
    await open.query('begin');
    await record(open, 'elsewhere');
    const tries = [1, 2, 3].map(() => append(pool, { expected: new Map([['existing', 2n]]), events: [event('existing')] }));
    await untilWaiting(3);
    await open.query('commit');
    open.release();
    const ends = await Promise.allSettled(tries);
    expect(ends.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await streamVersions(pool, ['existing'])).toEqual(new Map([['existing', 3n]]));
  });

  it('lets 20 parallel appends without expectation all succeed', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => record(pool, 'crowd', 2)));
    expect(new Set(all.map((one) => one.first)).size).toBe(20);
    expect((await readEvents(pool, { after: 0n, list: 'crowd' })).map((one) => one.version)).toEqual(Array.from({ length: 40 }, (_, n) => BigInt(n + 1)));
  });

  it('is checked of lists that get no event too', async () => {
    await record(pool, 'compiled', 2);
    const decide = (version: bigint) => append(pool, { expected: new Map([['compiled', version], ['member', 0n]]), events: [event('member')] });
    await expect(decide(1n)).rejects.toBeInstanceOf(VersionConflictError);
    expect((await decide(2n)).versions).toEqual(new Map([['member', 1n]]));
  });

  it('never deadlocks when appends name the same lists in different orders', async () => {
    const lists = ['d1', 'd2', 'd3', 'd4'];
    const mixed = (n: number) => {
      const order = [...lists.slice(n % 4), ...lists.slice(0, n % 4)];
      return append(pool, { expected: any(...order), events: order.map((list) => event(list)) });
    };
    await Promise.all(Array.from({ length: 40 }, (_, n) => mixed(n)));
    expect([...(await streamVersions(pool, lists)).values()]).toEqual([40n, 40n, 40n, 40n]);
  });
});

describe('the same append sent again', () => {
  it('returns the first answer and records nothing, whatever was recorded since', async () => {
    const lost = { expected: new Map([['lost', 0n], ['lost too', 0n]]), events: [event('lost'), event('lost too'), event('lost')] };
    const answer = await append(pool, lost);
    await record(pool, 'lost');
    const head = await headPosition(pool);
    expect(await append(pool, lost)).toEqual(answer);
    expect(await headPosition(pool)).toBe(head);
  });

  it('at the same moment: both get one answer', async () => {
    const twin = { expected: new Map([['twin', 0n]]), events: events('twin', 3) };
    const answers = await Promise.all([append(pool, twin), append(pool, twin), append(pool, twin)]);
    expect(new Set(answers.map((one) => one.first)).size).toBe(1);
    expect(await streamVersions(pool, ['twin'])).toEqual(new Map([['twin', 3n]]));
  });

  const original = events('reused', 3);
  const [one, two, three] = original as [NewEvent, NewEvent, NewEvent];
  const others: [string, NewEvent[]][] = [
    ['other data', [one, { ...two, data: { n: 99 } }, three]],
    ['another date', [one, { ...two, effectiveAt: null }, three]],
    ['another class', [{ ...one, changeClass: 'editorial' }, two, three]],
    ['another order', [two, one, three]],
    ['only its beginning', [one, two]],
    ['only its end', [two, three]],
    ['one event more', [one, two, three, event('reused')]],
    ['one new event among them', [one, event('reused'), three]],
    ['an event twice', [one, two, two]],
    ['another list', original.map((was) => ({ ...was, list: 'reused elsewhere' }))],
  ];
  it.each(others)('but with %s is refused', async (_what, changed) => {
    await append(pool, { expected: any('reused'), events: original });
    const head = await headPosition(pool);
    await expect(append(pool, { expected: any('reused', 'reused elsewhere'), events: changed })).rejects.toBeInstanceOf(EventIdReusedError);
    expect(await headPosition(pool)).toBe(head);
  });

  it('is refused when two lists get one id at the same time', async () => {
    const id = randomUUID();
    const open = await pool.connect();
    await open.query('begin');
    await append(open, { expected: any('left'), events: [event('left', { id })] });
    const right = append(pool, { expected: any('right'), events: [event('right', { id })] }).catch((error: unknown) => error);
    await untilWaiting(1);
    await open.query('commit');
    open.release();
    expect(await right).toMatchObject({ name: 'EventIdReusedError', eventId: id });
  });
});

describe('a stuck writer', () => {
  it('lets others end within their time, with an error that says what to do', async () => {
    const stuck = await pool.connect();
    await stuck.query('begin');
    await record(stuck, 'stuck');
    const elsewhere = append(pool, { expected: any('free'), events: [event('free')], timeoutMs: 100 });
    await expect(elsewhere).rejects.toBeInstanceOf(LogBusyError);
    await expect(append(pool, { expected: any('stuck'), events: [event('stuck')], timeoutMs: 100 })).rejects.toMatchObject({ waitedMs: 100, message: expect.stringContaining('pg_terminate_backend') });
    await stuck.query('rollback');
    stuck.release();
    await record(pool, 'free');
  });
});

describe('an event once recorded', () => {
  it.each([
    'update log.events set cause = cause',
    'delete from log.events',
    'truncate log.events',
    'update log.events set data = data where false',
    'delete from archive.documents',
    'update archive.documents set size = size',
    'truncate archive.documents',
  ])('cannot be touched: %s', async (statement) => {
    await record(pool, 'fixed');
    // As the owner, as a superuser, and with triggers switched to replication.
    await expect(pool.query(statement)).rejects.toThrow(/only ever added to|permission denied/);
    await expect(transaction(async (client) => {
      await client.query('set local session_replication_role = replica');
      await client.query(statement);
    })).rejects.toThrow(/only ever added to|permission denied/);
  });
});
