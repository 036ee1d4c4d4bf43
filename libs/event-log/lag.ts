import type pg from 'pg';
import type { Connection } from './read.js';

/** How far a follower is behind the head of the log. */
export interface Lag {
  name: string;
  position: bigint;
  /** Events that it has not handled. */
  events: bigint;
  /** Seconds since the first of them was recorded; 0 where there is none. */
  seconds: number;
  /** Whether it stands still before an event that it cannot handle. */
  isStopped: boolean;
}

/** The lag of every follower that ever ran on this log, by name. */
export async function lags(db: Connection): Promise<Lag[]> {
  const { rows } = await (db as pg.ClientBase).query<{ name: string; position: string; events: string; seconds: number; stopped: boolean }>(
    `select name, c.position::text, greatest(head.position - c.position, 0)::text as events, c.error is not null as stopped,
            greatest(coalesce(extract(epoch from clock_timestamp() - next.recorded_at), 0), 0)::float8 as seconds
       from log.checkpoints c
       cross join (select coalesce(max(e.position), 0) as position from log.events e) head
       left join log.events next on next.position = c.position + 1
      order by name`,
  );
  return rows.map(({ name, position, events, seconds, stopped }) => ({ name, position: BigInt(position), events: BigInt(events), seconds, isStopped: stopped }));
}
