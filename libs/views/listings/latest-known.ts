import { checkpointsOf } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
import { followerOf, views } from '../views.js';

/** A listing as it stands last on its own time line, whatever the day: what is announced counts, what was removed stays. */
export interface LatestListing {
  listing: string;
  /** The stored content with `listedFrom`, `declaredFrom`, `listedUntil`, `basis`; `continuedBy` where it was joined to another. */
  json: string;
}

interface Row {
  listing: string;
  body: string;
  listedFrom: string;
  declaredFrom: string | null;
  listedUntil: string | null;
  continuedBy: string | null;
}

// What was joined to another is no longer known: then as it was known last.
const LATEST = `
  select distinct on (v.listing) v.listing, (select s.body from listings.states s where s.state_id = v.state_id) as body,
         left(v.listed_from, 10) as "listedFrom", v.declared_from as "declaredFrom", left(v.listed_until, 10) as "listedUntil",
         case when v.known_to <= $2 then l.continued_by end as "continuedBy"
    from listings.versions v join listings.listings l on l.listing = v.listing
   where v.listing = any($1) and v.known_from <= $2
   order by v.listing, least(v.known_to, $2::bigint + 1) desc, v.valid_from desc`;

/** The latest state of these listings, as known at a position; null while the view of listings has not seen it. */
export async function latestKnown(db: Pool | PoolClient, listings: readonly string[], position: bigint): Promise<LatestListing[] | null> {
  const [seen] = await checkpointsOf(db, [followerOf(views.find(({ name }) => name === 'listings')!)]);
  if (seen! < position) return null;
  const { rows } = await db.query<Row>(LATEST, [listings, String(position)]);
  return rows.map(({ listing, body, listedFrom, declaredFrom, listedUntil, continuedBy }) => {
    const ending = { listedFrom, declaredFrom, listedUntil, basis: 'current', ...(continuedBy && { continuedBy }) };
    return { listing, json: `${body.slice(0, -1)},${JSON.stringify(ending).slice(1)}` };
  });
}
