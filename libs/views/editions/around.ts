import { endOfDay } from '@listory/listings';
import type { Pool } from 'pg';
import type { EditionAt, EditionsAround } from '../certainty.js';
import { printedInstant } from '../instant.js';
import { namedQuery } from '../named-query.js';
import { RememberedEditions } from './remembered.js';

/** What is held of one list, as known at one position, seen from one day. */
export interface ListKnowledge {
  list: string;
  /** Dates of the first and the last edition. */
  first: string;
  last: string;
  /** When the list was last fetched successfully (RFC 3339, UTC, µs). */
  checked: string | null;
  before: EditionAt | null;
  after: EditionAt | null;
  /** The same for aliases and addresses: the nearest editions that speak of them. */
  aliases: EditionsAround;
  addresses: EditionsAround;
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
  const editions = await RememberedEditions.upTo(pool, position);
  const moment = endOfDay(date);
  const known: Omit<ListKnowledge, 'checked'>[] = [];
  for (const list of lists ? [...new Set(lists)].sort() : editions.lists(position)) {
    const ends = editions.ends(list, position);
    if (!ends) continue;
    known.push({
      list,
      first: ends.first.date.slice(0, 10),
      last: ends.last.date.slice(0, 10),
      ...editions.around(list, position, moment),
      aliases: editions.around(list, position, moment, 'aliases'),
      addresses: editions.around(list, position, moment, 'addresses'),
    });
  }
  const checked = await lastChecked(pool, known.map((one) => one.list), position);
  return known.map((one) => ({ ...one, checked: checked.get(one.list) ?? null }));
}

const REMEMBERED = 10_000;
const remembered = new WeakMap<Pool, Map<string, string | null>>();

/** When each list was last fetched successfully, as known at a position: that never changes, so it is asked for once. */
async function lastChecked(pool: Pool, lists: readonly string[], position: bigint): Promise<Map<string, string | null>> {
  let ofPool = remembered.get(pool);
  if (!ofPool || ofPool.size > REMEMBERED) remembered.set(pool, (ofPool = new Map()));
  const missing = lists.filter((list) => !ofPool.has(`${list} ${position}`));
  if (missing.length > 0) {
    const { rows } = await namedQuery<{ list: string; checked: string | null }>(pool, 'last-checked', CHECKED, [missing, String(position)]);
    for (const { list, checked } of rows) ofPool.set(`${list} ${position}`, checked);
  }
  return new Map(lists.map((list) => [list, ofPool.get(`${list} ${position}`) ?? null]));
}

const CHECKED = `
  select list, (select ${printedInstant('f.at')} from editions.fetches f
                 where f.list = l.list and f.position <= $2 and f.outcome not in ('refused', 'failed')
                 order by f.position desc limit 1) as checked
    from unnest($1::text[]) l (list)`;
