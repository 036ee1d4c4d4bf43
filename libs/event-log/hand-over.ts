import type pg from 'pg';
import { wholeAppends, type Following } from './batch.js';
import { dropFollower, lockCheckpoint, setCheckpoint } from './checkpoints.js';
import { catchUp } from './follow.js';

/** Which follower takes the place of which. */
export interface HandOver {
  /** Its work was built beside; it stops existing. */
  from: string;
  /** The live follower: stands still during the hand-over, and goes on from where `from` came to. */
  to: string;
  /** The handler of `from`. */
  handle: Following['handle'];
  /** Puts the new work in place of the old, in the same transaction. */
  finish(client: pg.PoolClient): Promise<void>;
}

const BATCH = 1000;

/**
 * Lets what one follower has built take the place of another's, in one transaction: nobody sees both, or neither, or
 * less than before. Returns the position that the new work has seen.
 */
export async function handOver(pool: pg.Pool, hand: HandOver): Promise<bigint> {
  for (;;) {
    await catchUp(pool, { name: hand.from, handle: hand.handle });
    const client = await pool.connect();
    let broken = false;
    try {
      await client.query('begin');
      const position = await swap(client, hand);
      await client.query(position === null ? 'rollback' : 'commit');
      if (position !== null) return position;
    } catch (error) {
      await client.query('rollback').catch(() => (broken = true));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** Null: one of the two is held by another process; try again. */
async function swap(client: pg.PoolClient, { from, to, handle, finish }: HandOver): Promise<bigint | null> {
  if (!(await lockCheckpoint(client, to))) return null;
  const reached = await lockCheckpoint(client, from);
  if (!reached) return null;
  let { position } = reached;
  // What came since the catching up; the live follower may have seen it.
  for (let events = await wholeAppends(client, position, BATCH); events.length; events = await wholeAppends(client, position, BATCH)) {
    await handle(client, events);
    position = events.at(-1)!.position;
  }
  await finish(client);
  await setCheckpoint(client, to, position);
  await dropFollower(client, from);
  return position;
}
