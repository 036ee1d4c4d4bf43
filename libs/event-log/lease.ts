import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Who may do something that only one process may do at a time. */
export interface Lease {
  /** What it is about, such as `relay:listory.events`. */
  name: string;
  /** Ends the waiting and the work. */
  signal: AbortSignal;
  /** After how long a frozen owner loses it; one that ends or is killed loses it at once. Default 10 000 ms. */
  ms?: number;
  /** How often one that waits looks whether it is free. Default 250 ms. */
  pollMs?: number;
}

/**
 * Waits until no other process holds the lease, then does `work`, whose signal is aborted when the lease is lost or
 * `signal` comes. Returns after `work` has, whether it was done or the lease lost.
 *
 * It is an advisory lock of a session of its own, so that PostgreSQL frees it with the connection; and the server ends
 * a session that is silent for `ms`, so no clock but the server's decides. Whoever has lost it learns of that only when
 * it runs again: what it does outside the database must be fenced by other means.
 * @throws what `work` throws, and what the database says where it cannot be reached
 */
export async function holdLease(pool: pg.Pool, { name, signal, ms = 10_000, pollMs = 250 }: Lease, work: (owning: AbortSignal) => Promise<void>): Promise<void> {
  const lost = new AbortController();
  const client = new pg.Client({ ...pool.options, application_name: `listory lease ${name}`.slice(0, 63) });
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  try {
    await client.connect();
    await client.query(`set idle_session_timeout = ${Math.ceil(ms)}`);
    while (!(await isTaken(client, name))) {
      await sleep(pollMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
    // It may have been told to end while it was asking, and by that very end of another have got the lease.
    if (signal.aborted) return;
    const beat = setInterval(() => void client.query('select 1').catch(() => lost.abort()), ms / 4);
    try {
      await work(AbortSignal.any([signal, lost.signal]));
    } finally {
      clearInterval(beat);
    }
  } finally {
    await client.end().catch(() => {});
  }
}

async function isTaken(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(hashtextextended('listory lease ' || $1, 0)) as taken`, [name]);
  return rows[0]!.taken;
}
