import { catchUp, dropFollower, headPosition, setCheckpoint, type RecordedEvent } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
import { UnreadableHistoryError } from './errors.js';
import { BATCH_SIZE, type Projection, type View } from './views.js';

/** A view under construction in a schema of its own. */
export interface BesideView {
  schema: string;
  follower: string;
  projection: Projection;
  handle: (client: PoolClient, events: readonly RecordedEvent[]) => Promise<void>;
}

/** Follower name of a view under construction in `schema`. */
export function followerBeside(schema: string): string {
  return `view:${schema}`;
}

/**
 * Makes the tables of a view in `schema` and fills them from the whole log; what was there is dropped first.
 * @param onProgress called with the number of events read so far
 */
export async function buildBeside(
  pool: Pool,
  view: View,
  schema: string,
  onProgress: (events: number) => void = () => {},
): Promise<BesideView> {
  await pool.query(`drop schema if exists ${schema} cascade`);
  await pool.query(`create schema ${schema}`);
  await pool.query(view.tables(schema));
  const projection = view.projection(schema);
  const follower = followerBeside(schema);
  let done = 0;
  const handle = async (client: PoolClient, events: readonly RecordedEvent[]) => {
    await projection.apply(client, events, events[0]!.position - 1n);
    onProgress((done += events.length));
  };
  await dropFollower(pool, follower);
  await fill(pool, view, schema, onProgress);
  await catchUp(pool, { name: follower, batchSize: BATCH_SIZE, handle });
  return { schema, follower, projection, handle };
}

/** Takes the view's quick way up to the head of now, and puts the follower there. */
async function fill(pool: Pool, view: View, schema: string, onProgress: (events: number) => void): Promise<void> {
  if (!view.fill) return;
  const upTo = await headPosition(pool);
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    await view.fill(pool, client, schema, upTo, onProgress);
    await setCheckpoint(client, followerBeside(schema), upTo);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    // The follower, which begins at the first event then, says which event it is.
    if (!(error instanceof UnreadableHistoryError)) throw error;
  } finally {
    client.release(broken);
  }
}
