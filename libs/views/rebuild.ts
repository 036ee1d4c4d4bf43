import { dropFollower, handOver } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
import { buildBeside, followerBeside } from './build-beside.js';
import { UnknownViewError } from './errors.js';
import { followerOf, forgetProjection, views, type View } from './views.js';

/**
 * Rebuilds one view from the log: beside the live one, which goes on answering, and swapped in one transaction.
 * What an earlier rebuild left half-built is dropped first. Returns the position that the new view has seen.
 * @param onProgress called with the number of events read so far
 * @throws UnknownViewError
 */
export async function rebuildView(pool: Pool, name: string, onProgress?: (events: number) => void): Promise<bigint> {
  const view = viewOf(name);
  return whileAlone(pool, `rebuild ${name}`, async () => {
    const beside = await buildBeside(pool, view, `${name}_next`, onProgress);
    await makeIndexes(pool, view.indexes(beside.schema));
    await pool.query(`comment on schema ${beside.schema} is 'version ${view.version}'`);
    const finish = async (client: PoolClient) => {
      await client.query(`drop schema if exists ${name} cascade`);
      await client.query(`alter schema ${beside.schema} rename to ${name}`);
    };
    const { follower, handle } = beside;
    const position = await handOver(pool, { from: follower, to: followerOf(view), handle, finish });
    forgetProjection(pool, view);
    return position;
  });
}

/** How many indexes are made at once: PostgreSQL makes each on a core of its own. */
const AT_ONCE = 2;

async function makeIndexes(pool: Pool, statements: readonly string[]): Promise<void> {
  const left = [...statements];
  const work = async () => {
    for (let statement = left.shift(); statement !== undefined; statement = left.shift()) await pool.query(statement);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** A difference between a live view and what the log gives. */
export interface ViewDifference {
  table: string;
  /** Whether the row is in the live view only (`extra`) or missing from it. */
  kind: 'extra' | 'missing';
  row: Record<string, unknown>;
}

/**
 * Builds a view beside the live one and compares them row by row; the first differences, or none. The live view has to
 * be at rest: nothing may be recorded meanwhile.
 * @throws UnknownViewError; PoisonEventError where the log holds an event that the view cannot read
 */
export async function compareWithRebuild(pool: Pool, name: string, limit = 5): Promise<ViewDifference[]> {
  const view = viewOf(name);
  return whileAlone(pool, `check ${name}`, async () => {
    const schema = `${name}_check`;
    try {
      await buildBeside(pool, view, schema);
      const differences: ViewDifference[] = [];
      for (const table of await tablesOf(pool, schema)) {
        for (const [kind, one, two] of [['extra', name, schema], ['missing', schema, name]] as const) {
          const rows = `select to_jsonb(t) as row from (table ${one}.${table} except table ${two}.${table}) t limit ${limit}`;
          const found = await pool.query<{ row: Record<string, unknown> }>(rows);
          differences.push(...found.rows.map(({ row }) => ({ table: `${name}.${table}`, kind, row })));
        }
      }
      return differences;
    } finally {
      await pool.query(`drop schema if exists ${schema} cascade`);
      await dropFollower(pool, followerBeside(schema));
    }
  });
}

function viewOf(name: string): View {
  const view = views.find((one) => one.name === name);
  if (!view) throw new UnknownViewError(name, views.map((one) => one.name));
  return view;
}

async function tablesOf(pool: Pool, schema: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 order by 1',
    [schema],
  );
  return rows.map((row) => row.name);
}

/** Runs `work` while no other process does the same. */
async function whileAlone<T>(pool: Pool, what: string, work: () => Promise<T>): Promise<T> {
  const lock = await pool.connect();
  try {
    await lock.query('select pg_advisory_lock(hashtext($1))', [what]);
    return await work();
  } finally {
    await lock.query('select pg_advisory_unlock(hashtext($1))', [what]);
    lock.release();
  }
}
