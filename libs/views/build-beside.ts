import { catchUp, dropFollower, type RecordedEvent } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
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

/** Makes the tables of a view in `schema` and fills them from the whole log; what was there is dropped first. */
export async function buildBeside(
  pool: Pool,
  view: View,
  schema: string,
  onProgress?: (position: bigint) => void,
): Promise<BesideView> {
  await pool.query(`drop schema if exists ${schema} cascade`);
  await pool.query(`create schema ${schema}`);
  await pool.query(view.tables(schema));
  const projection = view.projection(schema);
  const follower = followerBeside(schema);
  const handle = async (client: PoolClient, events: readonly RecordedEvent[]) => {
    await projection.apply(client, events, events[0]!.position - 1n);
    onProgress?.(events[events.length - 1]!.position);
  };
  await dropFollower(pool, follower);
  await catchUp(pool, { name: follower, batchSize: BATCH_SIZE, handle });
  return { schema, follower, projection, handle };
}
