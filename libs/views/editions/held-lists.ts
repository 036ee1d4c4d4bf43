import { endOfDaySeconds } from '@listory/listings';
import type { Pool } from 'pg';
import { namedQuery } from '../named-query.js';

/** What is held of one list, as known at one position. */
export interface ListSummary {
  list: string;
  /** Publications that it was read from. */
  sources: string[];
  editions: number;
  /** Dates of the first and the last edition; null where there is none. */
  first: string | null;
  last: string | null;
  /** When it was last fetched successfully, and fetched at all (RFC 3339, UTC). */
  checked: string | null;
  fetched: string | null;
  /** Editions that wait for a person. */
  waiting: number;
  /** Listings in effect on the day. */
  listings: number;
}

/** Every list of which an edition, a held edition or a fetch is known; or only one of them. */
export async function listSummaries(pool: Pool, date: string, position: bigint, list: string | null = null): Promise<ListSummary[]> {
  const { rows } = await namedQuery<ListSummary>(pool, 'list-summaries', SUMMARIES, [list, String(position), endOfDaySeconds(date)]);
  return rows;
}

const at = (column: string) => `to_char(max(${column}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SUMMARIES = `
  with e as (
    select list, array_agg(distinct source) as sources, count(distinct moment)::int as editions,
           left(min(moment), 10) as first, left(max(moment), 10) as last
      from editions.editions where recorded_position <= $2 and ($1::text is null or list = $1) group by list
  ), f as (
    select list, array_agg(distinct source) as sources, ${at('at')} as fetched,
           to_char(max(at) filter (where outcome not in ('refused', 'failed')) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked
      from editions.fetches where position <= $2 and ($1::text is null or list = $1) group by list
  ), h as (
    select list, count(*)::int as waiting from editions.held
     where position <= $2 and coalesce(decided_position > $2, true) and ($1::text is null or list = $1) group by list
  )
  select list, coalesce(e.sources, f.sources) as sources, coalesce(e.editions, 0) as editions, e.first, e.last, f.checked, f.fetched,
         coalesce(h.waiting, 0) as waiting,
         (select count(*)::int from listings.versions v where v.list = coalesce(e.list, f.list, h.list) and v.valid_from <= $3 and v.valid_to > $3
             and v.known_from <= $2 and v.known_to > $2) as listings
    from e full join f using (list) full join h using (list) order by list`;
