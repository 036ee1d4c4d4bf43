import { endOfDaySeconds } from '@listory/listings';
import type { Pool } from 'pg';
import { namedQuery } from '../named-query.js';
import type { ListMoment } from './in-effect.js';
import { knownVersions } from './known-versions.js';

/** A listing whose state differs between two states of a list; null where it is not listed. */
export interface DifferingState {
  listing: string;
  before: StateRef | null;
  after: StateRef | null;
}

/** Which stored state a listing has, and the rest of what an answer says of it. */
export interface StateRef {
  stateId: string;
  listedFrom: string;
  listedUntil: string | null;
  declaredFrom: string | null;
  inForceUntil: string | null;
}

/** The listings of a list that differ between two of its states, by id. Those that stay the same are left out. */
export async function differingStates(pool: Pool, one: ListMoment, other: Omit<ListMoment, 'list'>): Promise<DifferingState[]> {
  const { rows } = await namedQuery<DifferingState>(pool, 'differing-states', DIFFERING, [
    one.list,
    endOfDaySeconds(one.date),
    String(one.position),
    endOfDaySeconds(other.date),
    String(other.position),
  ]);
  return rows;
}

const STATE = (alias: string) =>
  `case when ${alias}.listing is not null then json_build_object('stateId', ${alias}.state_id, 'listedFrom', ${alias}.listed_from,
     'listedUntil', ${alias}.listed_until, 'declaredFrom', ${alias}.declared_from, 'inForceUntil', ${alias}.in_force_until) end`;

const STATES = (day: string, position: string) =>
  knownVersions({ list: '$1::text', from: day, to: day, position });

const DIFFERING = `
  select coalesce(a.listing, b.listing) as listing, ${STATE('a')} as before, ${STATE('b')} as after
    from ${STATES('$2::bigint', '$3::bigint')} a full join ${STATES('$4::bigint', '$5::bigint')} b using (listing)
   where a.state_id is distinct from b.state_id order by 1`;
