import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { applyBatch, HandlerFailed, Running, type Following, type Step } from './batch.js';
import { findPoison, isPassing } from './poison.js';
import { Wakeups } from './wakeups.js';

export type { Following } from './batch.js';

/** How a follower that goes on for ever waits and ends. */
export interface FollowingOn extends Following {
  /** Ends the following. */
  signal: AbortSignal;
  /** How often to look at the log if nothing wakes it. Default 1000 ms. */
  pollMs?: number;
  /** How long a batch may go on after `signal`, before its transaction is broken off. Default 5000 ms. */
  graceMs?: number;
  /** Told of each failure that is waited out: a lost connection, `TryAgainLater`. */
  waiting?(error: unknown): void;
}

const BATCH = 1000;
const LONGEST_PAUSE_MS = 10_000;
/** How many passing failures in a row `catchUp` waits out before it gives up (some 3 s). */
const PATIENCE = 5;

/**
 * Follows the log from the follower's checkpoint until `signal`, each event's effect once. Where another process
 * works under the same name, it waits, and takes over within a second of that one's end.
 * @throws {PoisonEventError} the handler cannot handle an event: its position and the reason stand in the checkpoint,
 *   nothing after it is touched, and the next start tries it again
 */
export async function follow(pool: pg.Pool, following: FollowingOn): Promise<void> {
  const { signal, pollMs = 1000, graceMs = 5000 } = following;
  const wakeups = Wakeups.of(pool);
  let failures = 0;
  try {
    while (!signal.aborted) {
      const { heard } = wakeups;
      const running = new Running();
      try {
        const step = await bounded(pool, advance(pool, following, running), running, signal, graceMs);
        failures = 0;
        if (step?.kind === 'idle') await wakeups.next(heard, pollMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!isPassing(error)) throw error;
        following.waiting?.(unwrapped(error));
        await sleep(pause(++failures), undefined, { signal }).catch(() => {});
      }
    }
  } finally {
    await wakeups.close();
  }
}

/**
 * Follows the log until nothing is left, then returns the position reached. Waits for a process that works under the
 * same name. Throws as `follow` does, and what does not pass within some seconds.
 */
export async function catchUp(pool: pg.Pool, following: Following): Promise<bigint> {
  for (let failures = 0; ; ) {
    try {
      const step = await advance(pool, following, new Running());
      failures = 0;
      if (step.kind === 'idle') return step.position;
    } catch (error) {
      if (!isPassing(error) || ++failures > PATIENCE) throw unwrapped(error);
      await sleep(pause(failures));
    }
  }
}

/** One batch, and the search for the event to blame if its handler fails. */
async function advance(pool: pg.Pool, following: Following, running: Running): Promise<Step> {
  try {
    return await applyBatch(pool, following, following.batchSize ?? BATCH, running);
  } catch (error) {
    if (!(error instanceof HandlerFailed) || isPassing(error)) throw error;
    const poison = await findPoison(pool, following, error);
    if (poison) throw poison;
    return { kind: 'advanced', position: error.events.at(-1)!.position };
  }
}

/** Lets a batch end within its grace after `signal`; then ends its session, so that the server rolls it back. */
async function bounded(pool: pg.Pool, work: Promise<Step>, running: Running, signal: AbortSignal, graceMs: number): Promise<Step | null> {
  const stop = new AbortController();
  const late = new Promise<null>((resolve) => {
    const onAbort = () => void sleep(graceMs, null, { signal: stop.signal }).then(resolve, () => {});
    signal.addEventListener('abort', onAbort, { once: true, signal: stop.signal });
    if (signal.aborted) onAbort();
  });
  try {
    const step = await Promise.race([work, late]);
    if (step) return step;
    work.catch(() => {});
    await running.breakOff(pool);
    return null;
  } finally {
    stop.abort();
  }
}

function pause(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, 50 * 2 ** failures);
}

function unwrapped(error: unknown): unknown {
  return error instanceof HandlerFailed ? error.reason : error;
}
