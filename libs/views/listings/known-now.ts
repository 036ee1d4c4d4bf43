import { secondsOf, type ListingState, type Moment } from '@listory/listings';
import type { Pool, PoolClient } from 'pg';
import { STILL_KNOWN } from './table.js';

type Db = Pool | PoolClient;

/** A listing in effect, with the fingerprints of its content. */
export interface KnownListing {
  listing: string;
  core: string;
  aliases: string;
  addresses: string;
}

/** The listings of a list in effect at `moment`, as known now. What an edition of that moment is compared with. */
export async function listingsInEffect(db: Db, list: string, moment: Moment): Promise<KnownListing[]> {
  const { rows } = await db.query<KnownListing>(
    `select v.listing, s.core_hash as core, s.aliases_hash as aliases, s.addresses_hash as addresses
       from listings.versions v join listings.states s using (state_id)
      where v.list = $1 and v.valid_from <= $2 and v.valid_to > $2 and v.known_to = ${STILL_KNOWN}`,
    [list, secondsOf(moment)],
  );
  return rows;
}

/** Listings that take effect only after `moment`, as known now (announced ahead). */
export async function listingsAnnounced(db: Db, list: string, moment: Moment): Promise<string[]> {
  const { rows } = await db.query<{ listing: string }>(
    `select distinct listing from listings.versions
      where list = $1 and valid_from > $2 and known_to = ${STILL_KNOWN}`,
    [list, secondsOf(moment)],
  );
  return rows.map((row) => row.listing);
}

/** Which listing each publisher id of the list is read as. */
export async function listingsByKey(db: Db, list: string): Promise<Map<string, string>> {
  const { rows } = await db.query<{ key: string; listing: string }>(
    'select key, listing from listings.keys where list = $1',
    [list],
  );
  return new Map(rows.map((row) => [row.key, row.listing]));
}

/** Ids of every listing that the list ever had, as known now. */
export async function listingIds(db: Db, list: string): Promise<Set<string>> {
  const { rows } = await db.query<{ listing: string }>('select listing from listings.listings where list = $1', [list]);
  return new Set(rows.map((row) => row.listing));
}

/** The content of listings as it stands at `moment`, or else as it last stood before or first stands after. */
export async function contentNear(db: Db, listings: string[], moment: Moment): Promise<Map<string, ListingState>> {
  const { rows } = await db.query<{ listing: string; declared_from: string | null; body: string }>(
    `select distinct on (v.listing) v.listing, v.declared_from, s.body
       from listings.versions v join listings.states s using (state_id)
      where v.listing = any($1) and v.known_to = ${STILL_KNOWN}
      order by v.listing, v.valid_from <= $2 desc, case when v.valid_from <= $2 then -v.valid_from else v.valid_from end`,
    [listings, secondsOf(moment)],
  );
  return new Map(rows.map((row) => [row.listing, stateOfBody(row.body, row.declared_from)]));
}

/** The listing state within a stored body. */
export function stateOfBody(body: string, declaredFrom: string | null): ListingState {
  const { id: _id, list: _list, ...content } = JSON.parse(body) as Omit<ListingState, 'declaredFrom'> & Record<string, never>;
  return { ...content, declaredFrom } as unknown as ListingState;
}

/** The publisher ids that are read as any of these listings. */
export async function keysOfListings(db: Db, listings: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>('select key from listings.keys where listing = any($1) order by key', [listings]);
  return rows.map((row) => row.key);
}
