import type { Pool } from 'pg';
import { printedInstant } from '../instant.js';
import { namedQuery } from '../named-query.js';

/** One edition of one list as it was recorded. */
export interface RecordedEdition {
  list: string;
  date: string;
  sha256: string;
  source: string;
  publishedOn: string | null;
  recorded: { position: number; at: string };
  documents: { name: string; sha256: string; size: number }[];
  sections: Record<string, number>;
  silentOn: string[];
  rows: number;
  names: number;
  addresses: number;
  added: number;
  removed: number;
  changed: number;
  outcome: 'baseline' | 'changed' | 'unchanged';
  reason: string | null;
}

/** One edition that was held, and what a person decided of it. */
export interface HeldEdition {
  list: string;
  date: string;
  sha256: string;
  source: string;
  held: { position: number; at: string };
  problem: string;
  documents: { name: string; sha256: string; size: number }[];
  added: number;
  removed: number;
  changed: number;
  decision: 'released' | 'discarded' | null;
  decided: { position: number; at: string; reason: string; actor: string } | null;
}

/** One fetch of one list: unchanged and failed ones too. */
export interface Fetch {
  position: number;
  list: string;
  source: string;
  at: string;
  outcome: string;
  date: string | null;
  sha256: string | null;
  problem: string | null;
  via: string;
}

const EDITION = `list, moment as date, sha256, source, published_on as "publishedOn",
  json_build_object('position', recorded_position, 'at', ${printedInstant('recorded_at')}) as recorded, documents, sections,
  silent_on as "silentOn", row_count as rows, names, addresses, added, removed, changed, outcome, reason`;

const HELD = `list, moment as date, sha256, source, json_build_object('position', position, 'at', ${printedInstant('held_at')}) as held, problem,
  documents, added, removed, changed, case when decided_position <= $2 then decision end as decision,
  case when decided_position <= $2 then json_build_object('position', decided_position, 'at', ${printedInstant('decided_at')},
    'reason', decision_reason, 'actor', actor) end as decided`;

const FETCH = `position::float8 as position, list, source, ${printedInstant('at')} as at, outcome, date, sha256, problem, via`;

/** Where a page begins: after this row, which was the last of the page before. */
export interface EditionPlace {
  date: string;
  position: number;
}

/** The recorded editions of a list, the latest date first. */
export async function editionsOfList(pool: Pool, list: string, position: bigint, after: EditionPlace | null, limit: number): Promise<RecordedEdition[]> {
  const { rows } = await namedQuery<RecordedEdition>(
    pool,
    'editions-of-list',
    `select ${EDITION} from editions.editions
      where list = $1 and recorded_position <= $2 and ($3::text is null or (moment, recorded_position) < ($3, $4::bigint))
      order by moment desc, recorded_position desc limit $5`,
    [list, String(position), after?.date ?? null, after?.position ?? null, limit],
  );
  return rows;
}

/** How many editions of a list were recorded. */
export async function countEditions(pool: Pool, list: string, position: bigint): Promise<number> {
  return count(pool, 'count-editions', 'editions.editions where list = $1 and recorded_position <= $2', list, position);
}

/**
 * The fetches of a list, the latest first, those before position `before`.
 * @param names the list; besides, compilations that hold it: of one that could not be read, the fetch has its name
 */
export async function fetchesOfList(pool: Pool, names: readonly string[], position: bigint, before: number | null, limit: number): Promise<Fetch[]> {
  const { rows } = await namedQuery<Fetch>(
    pool,
    'fetches-of-list',
    `select ${FETCH} from editions.fetches f
      where list = any($1) and f.position <= $2 and ($3::bigint is null or f.position < $3) order by f.position desc limit $4`,
    [names, String(position), before, limit],
  );
  return rows;
}

/** How many fetches under these names are known. */
export async function countFetches(pool: Pool, names: readonly string[], position: bigint): Promise<number> {
  return count(pool, 'count-fetches', 'editions.fetches where list = any($1) and position <= $2', names, position);
}

/** All that is known of the bytes with this sha256: for which lists they were recorded, held, or fetched. */
export async function editionsBySha256(pool: Pool, sha256: string, position: bigint) {
  const values = [sha256, String(position)];
  const [recorded, held, fetches] = await Promise.all([
    namedQuery<RecordedEdition>(
      pool,
      'editions-by-sha256',
      `select ${EDITION} from editions.editions where sha256 = $1 and recorded_position <= $2 order by list, moment, recorded_position`,
      values,
    ),
    namedQuery<HeldEdition>(
      pool,
      'held-by-sha256',
      `select ${HELD} from editions.held h where sha256 = $1 and h.position <= $2 order by list, moment, h.position`,
      values,
    ),
    namedQuery<Fetch>(
      pool,
      'fetches-by-sha256',
      `select ${FETCH} from editions.fetches f where sha256 = $1 and f.position <= $2 order by f.position`,
      values,
    ),
  ]);
  return { recorded: recorded.rows, held: held.rows, fetches: fetches.rows };
}

/** Held editions, those that wait first; and the latest fetches that were refused or failed. */
export async function troubles(pool: Pool, position: bigint, limit: number): Promise<{ held: HeldEdition[]; refused: Fetch[] }> {
  const values = [limit, String(position)];
  const [held, refused] = await Promise.all([
    namedQuery<HeldEdition>(
      pool,
      'held-editions',
      `select ${HELD} from editions.held h where h.position <= $2
        order by coalesce(decided_position <= $2, false), h.position desc limit $1`,
      values,
    ),
    namedQuery<Fetch>(
      pool,
      'refused-fetches',
      `select ${FETCH} from editions.fetches f where outcome in ('refused', 'failed') and f.position <= $2 order by f.position desc limit $1`,
      values,
    ),
  ]);
  return { held: held.rows, refused: refused.rows };
}

async function count(pool: Pool, name: string, from: string, list: string | readonly string[], position: bigint): Promise<number> {
  const { rows } = await namedQuery<{ count: number }>(pool, name, `select count(*)::int as count from ${from}`, [list, String(position)]);
  return rows[0]!.count;
}
