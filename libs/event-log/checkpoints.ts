import type pg from 'pg';
import type { Connection } from './read.js';

/** How far a follower has come. */
export interface Checkpoint {
  name: string;
  /** The last position that it has handled. */
  position: bigint;
  /** Why it stands still, and before which position; null while it goes on. */
  error: string | null;
  errorPosition: bigint | null;
  updatedAt: Date;
}

interface Row {
  name: string;
  position: string;
  error: string | null;
  error_position: string | null;
  updated_at: Date;
}

/** The checkpoints of all followers that ever ran on this log, by name. */
export async function checkpoints(db: Connection): Promise<Checkpoint[]> {
  const { rows } = await (db as pg.ClientBase).query<Row>(`select name, position::text, error, error_position::text, updated_at from log.checkpoints order by name`);
  return rows.map(checkpoint);
}

/** The positions of these followers, in the order of their names here; 0n for one that never ran. */
export async function checkpointsOf(db: Connection, names: readonly string[]): Promise<bigint[]> {
  const all = await checkpoints(db);
  return names.map((name) => all.find((one) => one.name === name)?.position ?? 0n);
}

/**
 * Puts a follower at a position, in the transaction that makes its effect equal that position (a view's swap, a restore).
 * Until that transaction ends, the follower stands still.
 */
export async function setCheckpoint(client: Connection, name: string, position: bigint): Promise<void> {
  await (client as pg.ClientBase).query(
    `insert into log.checkpoints (name, position) values ($1, $2)
     on conflict (name) do update set position = excluded.position, error = null, error_position = null, updated_at = clock_timestamp()`,
    [name, String(position)],
  );
}

/** Forgets a follower that will not run again; if it does, it begins at the first event. */
export async function dropFollower(client: Connection, name: string): Promise<void> {
  await (client as pg.ClientBase).query('delete from log.checkpoints where name = $1', [name]);
}

/** Writes down why a follower stands still, and before which position. */
export async function recordStop(db: Connection, name: string, position: bigint, error: unknown): Promise<void> {
  await (db as pg.ClientBase).query(
    `update log.checkpoints set error = $2, error_position = $3, updated_at = clock_timestamp() where name = $1`,
    // A NUL cannot be stored as text.
    [name, String(error instanceof Error ? error.message : error).replaceAll('\0', '').slice(0, 2000), String(position)],
  );
}

/**
 * Locks a follower's checkpoint until the transaction ends, making it where there is none.
 * Null: another process holds it, and did for a second.
 */
export async function lockCheckpoint(client: pg.PoolClient, name: string): Promise<{ position: bigint; pid: number } | null> {
  await client.query(`set local lock_timeout = '1s'`);
  try {
    const select = 'select position::text, pg_backend_pid() as pid from log.checkpoints where name = $1 for update';
    let { rows } = await client.query<{ position: string; pid: number }>(select, [name]);
    if (!rows[0]) {
      await client.query('insert into log.checkpoints (name) values ($1) on conflict do nothing', [name]);
      ({ rows } = await client.query(select, [name]));
    }
    await client.query('set local lock_timeout to default');
    return { position: BigInt(rows[0]!.position), pid: rows[0]!.pid };
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return null;
    throw error;
  }
}

function checkpoint(row: Row): Checkpoint {
  return {
    name: row.name,
    position: BigInt(row.position),
    error: row.error,
    errorPosition: row.error_position === null ? null : BigInt(row.error_position),
    updatedAt: row.updated_at,
  };
}
