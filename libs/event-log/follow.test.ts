import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { record } from '../../test/faults/event-log/sample.js';
import { catchUp, checkpoints, checkpointsOf, dropFollower, follow, handOver, setCheckpoint, PoisonEventError, TryAgainLater, type Following, type RecordedEvent } from './index.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  fresh = await freshDatabase();
  pool = fresh.database.pool;
  await pool.query('create table effects (follower text, position bigint, primary key (follower, position))');
});
afterAll(() => fresh.drop());
beforeEach(() => pool.query('delete from log.checkpoints; delete from effects'));

/** A follower whose effect is one row per event; a second effect of one event would break the key. */
function counting(name: string, more: Partial<Following> = {}): Following {
  const handle = async (client: pg.PoolClient, events: readonly RecordedEvent[]) => {
    await client.query('insert into effects select $1, unnest($2::bigint[])', [name, events.map((event) => String(event.position))]);
  };
  return { name, handle, ...more };
}

async function effects(name: string): Promise<bigint[]> {
  const { rows } = await pool.query('select position from effects where follower = $1 order by position', [name]);
  return rows.map((row) => BigInt(row.position));
}

async function positionOf(name: string): Promise<bigint> {
  return (await checkpointsOf(pool, [name]))[0]!;
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await sleep(10);
}

describe('catching up', () => {
  it('handles every event once and stores how far it came', async () => {
    const { last } = await record(pool, 'a', 25);
    expect(await catchUp(pool, counting('one', { batchSize: 10 }))).toBe(last);
    expect(await catchUp(pool, counting('one'))).toBe(last);
    expect((await effects('one')).length).toBe(Number(last));
    expect(await checkpointsOf(pool, ['never ran', 'one'])).toEqual([0n, last]);
  });

  it('never splits an append between two batches', async () => {
    for (const count of [3, 1, 7, 2]) await record(pool, 'whole', count);
    const batches: (readonly RecordedEvent[])[] = [];
    await catchUp(pool, { name: 'whole', batchSize: 2, handle: async (_client, events) => void batches.push(events) });
    expect(batches.every((batch) => batch.at(-1)!.position === batch.at(-1)!.batchEnd)).toBe(true);
    expect(batches.flat().map((event) => event.position)).toEqual(batches.flat().map((_, n) => BigInt(n + 1)));
  });

  it('begins anew after its checkpoint was forgotten, and elsewhere after it was set', async () => {
    const seen: bigint[] = [];
    const following: Following = { name: 'anew', handle: async (_client, events) => void seen.push(...events.map((event) => event.position)) };
    const head = await catchUp(pool, following);
    await dropFollower(pool, 'anew');
    await catchUp(pool, following);
    await setCheckpoint(pool, 'anew', head - 1n);
    await catchUp(pool, following);
    expect(seen.length).toBe(2 * Number(head) + 1);
  });

  it('tries again what fails for the moment, and says what does not pass', async () => {
    let failures = 2;
    const following = counting('moment');
    await catchUp(pool, {
      ...following,
      handle: async (client, events) => {
        if (failures-- > 0) throw new TryAgainLater('the broker is away');
        await following.handle(client, events);
      },
    });
    expect((await effects('moment')).length).toBeGreaterThan(0);
    const away = { ...following, name: 'away', handle: () => Promise.reject(new TryAgainLater('the broker is away')) };
    await expect(catchUp(pool, away)).rejects.toThrow('the broker is away');
  });
});

describe('following', () => {
  it('hears of an append at once, without polling', async () => {
    const stop = new AbortController();
    const following = follow(pool, { ...counting('ear'), signal: stop.signal, pollMs: 3_600_000 });
    await eventually(async () => (await positionOf('ear')) > 0n);
    const { last } = await record(pool, 'a');
    await eventually(async () => (await positionOf('ear')) === last);
    stop.abort();
    await following;
  });

  it('finds by polling what it did not hear of', async () => {
    const stop = new AbortController();
    const following = follow(pool, { ...counting('poll'), signal: stop.signal, pollMs: 20 });
    await eventually(async () => (await positionOf('poll')) > 0n);
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listory wakeups'`);
    const { last } = await record(pool, 'a');
    await eventually(async () => (await positionOf('poll')) === last);
    stop.abort();
    await following;
  });

  it('goes on after its connection was cut in mid-batch', async () => {
    const stop = new AbortController();
    let cut = false;
    const waited: unknown[] = [];
    const plain = counting('cut');
    const handle: Following['handle'] = async (client, events) => {
      await plain.handle(client, events);
      if (!cut) await client.query('select pg_terminate_backend(pg_backend_pid())', void (cut = true));
    };
    const following = follow(pool, { ...plain, handle, signal: stop.signal, waiting: (error) => waited.push(error) });
    const { last } = await record(pool, 'a');
    await eventually(async () => (await positionOf('cut')) === last);
    stop.abort();
    await following;
    expect((await effects('cut')).length).toBe(Number(last));
    expect(waited.length).toBe(1);
  });

  it('goes on after the server ended its transaction, in which the process had slept too long', async () => {
    const stop = new AbortController();
    let slept = false;
    const waited: unknown[] = [];
    const plain = counting('slept');
    const handle: Following['handle'] = async (client, events) => {
      if (!slept) {
        await client.query(`set local idle_in_transaction_session_timeout = '20ms'`);
        sleepAsProcess(300);
        slept = true;
      }
      await plain.handle(client, events);
    };
    const following = follow(pool, { ...plain, handle, signal: stop.signal, waiting: (error) => waited.push(error) });
    const { last } = await record(pool, 'a');
    await Promise.race([following, eventually(async () => (await positionOf('slept')) === last)]);
    stop.abort();
    await following;
    expect((await effects('slept')).length).toBe(Number(last));
    expect(waited).toMatchObject([{ code: '25P03' }]);
  });
});

/** Stops the whole process, as SIGSTOP does, so that what the server says meanwhile is read after the next query was sent. */
function sleepAsProcess(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('an event that cannot be handled', () => {
  const poisoned = (position: bigint): Following => {
    const plain = counting('poisoned', { batchSize: 100 });
    return {
      ...plain,
      handle: async (client, events) => {
        await plain.handle(client, events);
        if (events.some((event) => event.position === position)) throw new Error('no such shape');
      },
    };
  };

  it('stops its follower before it, at the position of the event itself; others go on; it resumes after the fix', async () => {
    await record(pool, 'a', 3);
    const { first, last } = await record(pool, 'a', 21);
    await record(pool, 'b', 5);
    const poison = first + 13n;
    const stopped = await catchUp(pool, poisoned(poison)).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(PoisonEventError);
    expect(stopped).toMatchObject({ follower: 'poisoned', position: poison, message: expect.stringContaining('no such shape') });
    expect((await checkpoints(pool)).find((one) => one.name === 'poisoned')).toMatchObject({ position: first - 1n, error: 'no such shape', errorPosition: poison });
    expect((await effects('poisoned')).at(-1)).toBe(first - 1n);

    expect(await catchUp(pool, counting('other'))).toBeGreaterThan(last);
    const head = await catchUp(pool, counting('poisoned'));
    expect((await effects('poisoned')).length).toBe(Number(head));
    expect((await checkpoints(pool)).find((one) => one.name === 'poisoned')).toMatchObject({ error: null, errorPosition: null });
  });

  it('ends following too', async () => {
    const { first } = await record(pool, 'a', 2);
    const following = follow(pool, { ...poisoned(first), signal: new AbortController().signal });
    await expect(following).rejects.toMatchObject({ name: 'PoisonEventError', position: first });
  });

  it('is looked at first when the follower is tried again, so that trying costs little', async () => {
    await record(pool, 'a', 3);
    const { first } = await record(pool, 'a', 200);
    const stuck = poisoned(first + 150n);
    let calls = 0;
    const handle: Following['handle'] = (client, events) => (calls++, stuck.handle(client, events));
    await expect(catchUp(pool, { ...stuck, handle })).rejects.toMatchObject({ position: first + 150n });
    calls = 0;
    await expect(catchUp(pool, { ...stuck, handle })).rejects.toMatchObject({ position: first + 150n });
    // The batch, the append, the append up to the event, and up to the one before it.
    expect(calls).toBe(4);
    await catchUp(pool, counting('poisoned'));
  });

  it('tells the handler each time that its work was taken back', async () => {
    const { first } = await record(pool, 'a', 4);
    let remembered = 0;
    const plain = poisoned(first + 1n);
    const handle: Following['handle'] = async (client, events) => {
      expect(remembered).toBe(0);
      remembered = 1;
      await plain.handle(client, events);
      remembered = 0;
    };
    await expect(catchUp(pool, { ...plain, handle, rolledBack: () => (remembered = 0) })).rejects.toBeInstanceOf(PoisonEventError);
  });
});

describe('stopping', () => {
  it('lets the batch in work end', async () => {
    await record(pool, 'a');
    const stop = new AbortController();
    const plain = counting('ends');
    const handle: Following['handle'] = async (client, events) => {
      stop.abort();
      await sleep(50);
      await plain.handle(client, events);
    };
    await follow(pool, { ...plain, handle, signal: stop.signal });
    const position = await positionOf('ends');
    expect(position).toBeGreaterThan(0n);
    expect((await effects('ends')).at(-1)).toBe(position);
  });

  it.each([
    ['waits for the database', (client: pg.PoolClient) => client.query('select pg_sleep(3600)')],
    ['waits for something else', () => new Promise(() => {})],
  ])('breaks off a batch that %s for longer than its grace, and nothing of it stays', async (_what, wait) => {
    await record(pool, 'a');
    const stop = new AbortController();
    const plain = counting('broken off');
    const handle: Following['handle'] = async (client, events) => {
      await plain.handle(client, events);
      stop.abort();
      await wait(client);
    };
    await follow(pool, { ...plain, handle, signal: stop.signal, graceMs: 50 });
    // The row is free again, and empty-handed.
    await eventually(async () => (await pool.query(`select from pg_stat_activity where query like '%pg_sleep(3600)' and pid <> pg_backend_pid()`)).rowCount === 0);
    const head = await catchUp(pool, plain);
    expect((await effects('broken off')).length).toBe(Number(head));
  });
});

describe('handing over', () => {
  const swap = async (client: pg.PoolClient) => {
    await client.query(`delete from effects where follower = 'live'`);
    await client.query(`update effects set follower = 'live' where follower = 'beside'`);
  };

  it('swaps in one transaction what was built beside, and the live follower goes on from there', async () => {
    await record(pool, 'a', 5);
    await catchUp(pool, counting('live'));
    await catchUp(pool, counting('beside'));
    const { last } = await record(pool, 'a', 2);
    expect(await handOver(pool, { from: 'beside', to: 'live', handle: counting('beside').handle, finish: swap })).toBe(last);
    const next = await record(pool, 'a');
    await catchUp(pool, counting('live'));
    expect(await effects('live')).toEqual(Array.from({ length: Number(next.last) }, (_, n) => BigInt(n + 1)));
    expect((await checkpoints(pool)).map((one) => one.name)).toEqual(['live']);
  });

  it('changes nothing when finishing fails', async () => {
    await catchUp(pool, counting('live'));
    await catchUp(pool, counting('beside'));
    const finish = () => Promise.reject(new Error('no room'));
    await expect(handOver(pool, { from: 'beside', to: 'live', handle: counting('beside').handle, finish })).rejects.toThrow('no room');
    expect((await checkpoints(pool)).map((one) => one.name)).toEqual(['beside', 'live']);
  });
});
