import type pg from 'pg';
import { NotAnInstantError } from './errors.js';
import type { Connection } from './read.js';

/** The position of the last event, 0n in an empty log. */
export async function headPosition(db: Connection): Promise<bigint> {
  return position(db, 'select max(position)::text as position from log.events', []);
}

/**
 * The state of knowledge at an instant, as a position: the end of the last append recorded at or before it.
 * 0n: nothing was recorded by then.
 * @param instant RFC 3339, with up to six decimals of a second
 * @throws {NotAnInstantError}
 */
export async function positionAt(db: Connection, instant: string): Promise<bigint> {
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(instant) || Number.isNaN(Date.parse(instant))) throw new NotAnInstantError(instant);
  return position(
    db,
    `select position::text from log.events where position = batch_end and recorded_at <= $1::timestamptz order by recorded_at desc, log.events.position desc limit 1`,
    [instant],
  );
}

/** The greatest end of an append at or before this position: a place between two appends, so that nothing is seen by half. */
export async function snapToBatch(db: Connection, at: bigint): Promise<bigint> {
  return position(db, `select position::text from log.events where position = batch_end and position <= $1 order by log.events.position desc limit 1`, [String(at)]);
}

/** When the event at this position, or the last one before it, was recorded (RFC 3339, µs); null before the first. */
export async function recordedAt(db: Connection, at: bigint): Promise<string | null> {
  const { rows } = await (db as pg.ClientBase).query<{ recorded: string }>(
    'select log.instant(recorded_at) as recorded from log.events where position <= $1 order by log.events.position desc limit 1',
    [String(at)],
  );
  return rows[0]?.recorded ?? null;
}

/** The version of each of these lists: the number of its events, 0n where there is none. */
export async function streamVersions(db: Connection, lists: readonly string[]): Promise<Map<string, bigint>> {
  const { rows } = await (db as pg.ClientBase).query<{ list: string; version: string }>('select list, version::text from log.streams where list = any($1)', [lists]);
  const found = new Map(rows.map((row) => [row.list, BigInt(row.version)]));
  return new Map(lists.map((list) => [list, found.get(list) ?? 0n]));
}

async function position(db: Connection, sql: string, values: unknown[]): Promise<bigint> {
  const { rows } = await (db as pg.ClientBase).query<{ position: string | null }>(sql, values);
  return BigInt(rows[0]?.position ?? 0);
}
