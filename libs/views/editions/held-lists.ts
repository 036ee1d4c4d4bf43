import { endOfDaySeconds } from '@listory/listings';
import type { Pool } from 'pg';
import { printedInstant } from '../instant.js';
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
  /** When it was last fetched successfully, and fetched at all (RFC 3339, UTC, µs); by itself or in a compilation. */
  checked: string | null;
  fetched: string | null;
  /** Why the last fetch was refused or failed; null where it was well. */
  problem: string | null;
  /** Editions that wait for a person. */
  waiting: number;
  /** Listings in effect on the day. */
  listings: number;
}

/** How the fetches of one publication went: of a list's own, or of a compilation of several lists. */
export interface PublicationSummary {
  publication: string;
  checked: string | null;
  fetched: string;
  problem: string | null;
}

/**
 * Every list of which an edition, a held edition or a fetch is known; or only one of them.
 * @param compilations publications that are no lists themselves: a fetch of one that failed concerns the lists read from it
 */
export async function listSummaries(
  pool: Pool,
  date: string,
  position: bigint,
  compilations: readonly string[],
  list: string | null = null,
): Promise<ListSummary[]> {
  const { rows } = await namedQuery<ListSummary>(pool, 'list-summaries', SUMMARIES, [list, String(position), endOfDaySeconds(date), compilations]);
  return rows;
}

/** Every publication that was ever fetched, by name. */
export async function publicationSummaries(pool: Pool, position: bigint): Promise<PublicationSummary[]> {
  const { rows } = await namedQuery<PublicationSummary>(pool, 'publication-summaries', PUBLICATIONS, [String(position)]);
  return rows;
}

const FAILED = `outcome in ('refused', 'failed')`;

const SUMMARIES = `
  with known as (
    select list, source from editions.editions where recorded_position <= $2
    union select list, source from editions.held where position <= $2
    union select list, source from editions.fetches where position <= $2
  ), lists as (
    select list, array_agg(source order by source) as sources,
           array_agg(source) filter (where source = any($4)) || list as fetched_as
      from known where list <> all($4) and ($1::text is null or list = $1) group by list
  )
  select l.list, l.sources, e.editions, e.first, e.last, checked.at as checked, fetched.at as fetched, fetched.problem, h.waiting, v.listings
    from lists l
    cross join lateral (
      select count(distinct moment)::int as editions, left(min(moment), 10) as first, left(max(moment), 10) as last
        from editions.editions where list = l.list and recorded_position <= $2) e
    cross join lateral (
      select count(*)::int as waiting from editions.held
       where list = l.list and position <= $2 and coalesce(decided_position > $2, true)) h
    cross join lateral (
      select count(*)::int as listings from listings.versions
       where list = l.list and valid_from <= $3 and valid_to > $3 and known_from <= $2 and known_to > $2) v
    left join lateral (
      select ${printedInstant('at')} as at from editions.fetches
       where list = l.list and position <= $2 and not ${FAILED} order by position desc limit 1) checked on true
    left join lateral (
      select ${printedInstant('last.at')} as at, last.problem from unnest(l.fetched_as) name
       cross join lateral (select position, at, problem from editions.fetches
                            where list = name and position <= $2 order by position desc limit 1) last
       order by last.position desc limit 1) fetched on true
   order by l.list`;

const PUBLICATIONS = `
  select p.source as publication, ${printedInstant('p.checked')} as checked, ${printedInstant('f.at')} as fetched, f.problem
    from (select source, max(position) as last, max(at) filter (where not ${FAILED}) as checked
            from editions.fetches where position <= $1 group by source) p
    join editions.fetches f on f.position = p.last order by p.source`;
