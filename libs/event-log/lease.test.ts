import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { holdLease } from './lease.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
let stop: AbortController;
beforeEach(async () => {
  fresh = await freshDatabase();
  pool = fresh.database.pool;
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await fresh.drop();
});

/** Holds a lease until its signal; tells when it begins and ends. */
function hold(name: string, events: string[], who: string): Promise<void> {
  return holdLease(pool, { name, signal: stop.signal, pollMs: 20 }, async (owning) => {
    events.push(`${who} begins`);
    await new Promise((resolve) => owning.addEventListener('abort', resolve, { once: true }));
    events.push(`${who} ends`);
  });
}

/** The sessions that hold a lease or wait for one. */
const SESSIONS = `select pid from pg_stat_activity where application_name = 'listory lease a' and datname = current_database()`;
const OWNER = `select l.pid from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and a.application_name = 'listory lease a' and a.datname = current_database()`;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

describe('a lease', () => {
  it('is held by one at a time; another name is another lease', async () => {
    const events: string[] = [];
    const holding = [hold('a', events, 'first')];
    await until(() => events.length === 1);
    holding.push(hold('a', events, 'second'), hold('b', events, 'other'));
    await until(async () => events.includes('other begins') && (await pool.query(SESSIONS)).rows.length === 2);
    expect(events).toEqual(['first begins', 'other begins']);
    stop.abort();
    await Promise.all(holding);
    expect([...events].sort()).toEqual(['first begins', 'first ends', 'other begins', 'other ends']);
  });

  it('whose session is cut passes to the next, and the work of the first is told to end', async () => {
    const events: string[] = [];
    const first = hold('a', events, 'first');
    await until(() => events.length === 1);
    const second = hold('a', events, 'second');
    await until(async () => (await pool.query(SESSIONS)).rows.length === 2);
    await pool.query(`select pg_terminate_backend(pid) from (${OWNER}) owner`);
    await first;
    await until(() => events.includes('second begins'));
    expect(events.slice(0, 2).sort()).toEqual(['first begins', 'first ends']);
    stop.abort();
    await second;
  });

  it('that comes when its waiting has been ended is not worked with', async () => {
    const rounds = Array.from({ length: 30 }, async (_, round) => {
      const ended = new AbortController();
      let worked = false;
      const holding = holdLease(pool, { name: `late ${round}`, signal: ended.signal, pollMs: 1 }, async (owning) => void (worked = owning.aborted));
      setTimeout(() => ended.abort(), round);
      await holding;
      return worked;
    });
    expect((await Promise.all(rounds)).filter(Boolean)).toEqual([]);
  });

  it('is free again after its work ends or fails', async () => {
    const failing = holdLease(pool, { name: 'a', signal: stop.signal }, () => Promise.reject(new Error('it broke')));
    await expect(failing).rejects.toThrow('it broke');
    let done = false;
    await holdLease(pool, { name: 'a', signal: stop.signal }, async () => void (done = true));
    expect(done).toBe(true);
    expect((await pool.query(OWNER)).rows).toEqual([]);
  });
});
