import type { Pool, PoolClient } from 'pg';
import { ViewTooNewError } from './errors.js';
import { rebuildView } from './rebuild.js';
import { views, type View } from './views.js';

/** 'view' as a number: who makes or swaps view schemas holds this lock. */
export const VIEWS_LOCK = 0x76696577;

/**
 * Makes the schemas of views that are not there yet, and rebuilds those that an older version of the code made.
 * Several processes may call it at once.
 * @throws ViewTooNewError where a newer version of the code made a view
 */
export async function prepareViews(pool: Pool): Promise<void> {
  const outdated: View[] = [];
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [VIEWS_LOCK]);
    // For the constraint against overlaps and for finding addresses by parts of their text; both are trusted extensions.
    await client.query('create extension if not exists btree_gist; create extension if not exists pg_trgm');
    for (const view of views) {
      const version = await versionOf(client, view.name);
      if (version === null) await createView(client, view, view.name);
      else if (version > view.version) throw new ViewTooNewError(view.name, version, view.version);
      else if (version < view.version) outdated.push(view);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  for (const view of outdated) await rebuildView(pool, view.name);
}

/** Makes the schema of a view with its tables, indexes and version. */
async function createView(client: PoolClient, view: View, schema: string): Promise<void> {
  await client.query(`create schema ${schema}`);
  await client.query(view.tables(schema));
  await client.query(view.indexes(schema).join(';'));
  await client.query(`comment on schema ${schema} is 'version ${view.version}'`);
}

async function versionOf(client: PoolClient, schema: string): Promise<number | null> {
  const { rows } = await client.query<{ comment: string | null }>(
    `select obj_description(oid, 'pg_namespace') as comment from pg_namespace where nspname = $1`,
    [schema],
  );
  return rows[0] ? Number(/^version (\d+)$/.exec(rows[0].comment ?? '')?.[1] ?? 0) : null;
}
