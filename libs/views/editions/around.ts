import { endOfDay } from '@listory/listings';
import type { Pool } from 'pg';
import type { EditionAt } from '../certainty.js';
import { namedQuery } from '../named-query.js';

/** What is held of one list, as known at one position, seen from one day. */
export interface ListKnowledge {
  list: string;
  /** Dates of the first and the last edition. */
  first: string;
  last: string;
  /** When the list was last fetched successfully (RFC 3339, UTC). */
  checked: string | null;
  before: EditionAt | null;
  after: EditionAt | null;
  /** The same for aliases and addresses: the nearest editions that speak of them. */
  aliases: { before: EditionAt | null; after: EditionAt | null };
  addresses: { before: EditionAt | null; after: EditionAt | null };
}

/**
 * The editions around `date` of these lists, or of every list that holds editions, with each list's coverage.
 * Lists without an edition at that position are left out. Ordered by list.
 */
export async function editionsAround(
  pool: Pool,
  lists: readonly string[] | null,
  date: string,
  position: bigint,
): Promise<ListKnowledge[]> {
  const { rows } = await namedQuery<Row>(pool, 'editions-around', AROUND, [lists, endOfDay(date), String(position)]);
  return rows.map(({ first, last, alias_before, alias_after, address_before, address_after, ...row }) => ({
    ...row,
    first: first.slice(0, 10),
    last: last.slice(0, 10),
    aliases: {
      before: speaks(row.before, 'aliases') ? row.before : alias_before,
      after: speaks(row.after, 'aliases') ? row.after : alias_after,
    },
    addresses: {
      before: speaks(row.before, 'addresses') ? row.before : address_before,
      after: speaks(row.after, 'addresses') ? row.after : address_after,
    },
  }));
}

function speaks(edition: EditionAt | null, group: string): boolean {
  return edition !== null && !edition.silentOn.includes(group);
}

interface Row {
  list: string;
  first: string;
  last: string;
  checked: string | null;
  before: EditionAt | null;
  after: EditionAt | null;
  alias_before: EditionAt | null;
  alias_after: EditionAt | null;
  address_before: EditionAt | null;
  address_after: EditionAt | null;
}

const EDITION = `json_build_object('date', e.moment, 'sha256', e.sha256, 'silentOn', e.silent_on)`;

const nearest = (condition: string, order: string) =>
  `(select ${EDITION} from editions.editions e where e.list = l.list and e.recorded_position <= $3 and ${condition}
     order by e.moment ${order}, e.recorded_position desc limit 1)`;

/** The nearest edition that speaks of a group; asked for only where the nearest one of all does not. */
const speaking = (group: string, nearestOfAll: string, condition: string, order: string) =>
  `case when ${nearestOfAll}->'silentOn' @> '["${group}"]' then
     ${nearest(`${condition} and not '${group}' = any(e.silent_on)`, order)}::jsonb end`;

// Lists by a walk over the index: one probe a list, however many editions it has.
const AROUND = `
  with recursive held (list) as (
    (select list from editions.editions order by list limit 1)
    union all
    select (select e.list from editions.editions e where e.list > held.list order by e.list limit 1)
      from held where held.list is not null
  ), wanted (list) as (
    select list from held where $1::text[] is null and list is not null
    union all select unnest($1::text[]) collate "C"
  ), near as (
    select l.list, f.moment as first, x.moment as last,
           ${nearest('e.moment <= $2', 'desc')}::jsonb as before, ${nearest('e.moment > $2', 'asc')}::jsonb as after
      from wanted l
      cross join lateral (select moment from editions.editions e where e.list = l.list and e.recorded_position <= $3
                           order by moment limit 1) f
      cross join lateral (select moment from editions.editions e where e.list = l.list and e.recorded_position <= $3
                           order by moment desc limit 1) x
  )
  select l.list, l.first, l.last, l.before, l.after,
         (select to_char(f.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from editions.fetches f
           where f.list = l.list and f.position <= $3 and f.outcome not in ('refused', 'failed')
           order by f.position desc limit 1) as checked,
         ${speaking('aliases', 'l.before', 'e.moment <= $2', 'desc')} as alias_before,
         ${speaking('aliases', 'l.after', 'e.moment > $2', 'asc')} as alias_after,
         ${speaking('addresses', 'l.before', 'e.moment <= $2', 'desc')} as address_before,
         ${speaking('addresses', 'l.after', 'e.moment > $2', 'asc')} as address_after
    from near l order by l.list`;
