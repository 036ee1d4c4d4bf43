import type { Pool } from 'pg';
import type { Part } from './fetch-parts.js';
import type { Schedule } from './schedule.js';

/** How the fetching of one publication stands. */
export interface Freshness {
  source: string;
  /** When its publisher was last reached and what it sent was recorded (RFC 3339, UTC); null: not yet. */
  reachedAt: string | null;
  /** When it is fetched next. */
  nextDue: string;
  /** Failures in a row. */
  failures: number;
  /** Whether it has not been reached for longer than its limit. */
  isStale: boolean;
}

const INSTANT = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Notes that a publication is fetched by the clock; it is due at once where it never was. */
export async function startSchedule(pool: Pool, { source, intervalS, limitS }: Schedule): Promise<void> {
  await pool.query(
    `insert into fetching.schedules (source, interval_s, limit_s) values ($1, $2, $3)
     on conflict (source) do update set interval_s = excluded.interval_s, limit_s = excluded.limit_s,
       next_due = least(fetching.schedules.next_due, clock_timestamp() + excluded.interval_s * interval '1 s')`,
    [source, intervalS, limitS],
  );
}

/** How long until a publication is due (ms), and how often in a row it has failed. */
export async function dueIn(pool: Pool, source: string): Promise<{ ms: number; failures: number }> {
  const { rows } = await pool.query<{ ms: number; failures: number }>(
    'select (extract(epoch from next_due - clock_timestamp()) * 1000)::float8 as ms, failures from fetching.schedules where source = $1',
    [source],
  );
  return rows[0] ?? { ms: 0, failures: 0 };
}

/** Stores how a fetch went, and when the next one is due. */
export async function recordAttempt(pool: Pool, source: string, how: { reached: boolean; failures: number; pauseMs: number }): Promise<void> {
  await pool.query(
    `update fetching.schedules set failures = $3, next_due = clock_timestamp() + $4 * interval '1 ms',
       reached_at = case when $2 then clock_timestamp() else reached_at end where source = $1`,
    [source, how.reached, how.failures, how.pauseMs],
  );
}

/** How every publication that is fetched by the clock stands, by name. */
export async function freshness(pool: Pool): Promise<Freshness[]> {
  const { rows } = await pool.query<Freshness>(
    `select source, ${INSTANT('reached_at')} as "reachedAt", ${INSTANT('next_due')} as "nextDue", failures,
       coalesce(reached_at, started_at) < clock_timestamp() - limit_s * interval '1 s' as "isStale"
       from fetching.schedules order by source`,
  );
  return rows;
}

/** The parts of a publication with what is known of each from the last time; of another address, nothing is. */
export async function knownParts(pool: Pool, source: string, parts: readonly { part: string; url: string }[]): Promise<Part[]> {
  const { rows } = await pool.query<Part>(
    `select part, url, etag, last_modified as "lastModified", sha256 from fetching.parts where source = $1`,
    [source],
  );
  return parts.map(({ part, url }) => rows.find((row) => row.part === part && row.url === url) ?? { part, url, etag: null, lastModified: null, sha256: null });
}

/** Stores what the next fetch has to know: only after what came was recorded. */
export async function rememberParts(pool: Pool, source: string, parts: readonly Part[]): Promise<void> {
  await pool.query(
    `insert into fetching.parts (source, part, url, etag, last_modified, sha256)
     select $1, p.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) p
     on conflict (source, part) do update set url = excluded.url, etag = excluded.etag, last_modified = excluded.last_modified, sha256 = excluded.sha256`,
    [source, parts.map((one) => one.part), parts.map((one) => one.url), parts.map((one) => one.etag), parts.map((one) => one.lastModified), parts.map((one) => one.sha256)],
  );
}
