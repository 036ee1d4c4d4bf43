import { endOfDaySeconds } from '@listory/listings';
import type { Pool } from 'pg';
import type { Presence } from '../certainty.js';
import { namedQuery } from '../named-query.js';

/** One stretch of a listing's life over which it stood unchanged, as known at one position. */
export interface LifeStretch {
  list: string;
  listing: string;
  stateId: string;
  /** Seconds since 1970; `validTo` is exclusive. */
  validFrom: number;
  validTo: number;
  listedFrom: string;
  listedFromDating: string;
  listedUntil: string | null;
  listedUntilDating: string | null;
  dating: string;
  declaredFrom: string | null;
  inForceUntil: string | null;
  /** Whether it has the name or address that was asked for. */
  matches: boolean;
  /** The names of it that were asked for, where a name was. */
  matched?: MatchedName[] | null;
  /** The stored JSON text, where it was read along. */
  body?: string | null;
}

/** A name or alias as it is written. */
export interface MatchedName {
  name: string;
  /** `name`, or the kind of the alias. */
  kind: string;
}

/** The life of one listing: its stretches, ascending; those of a gap are missing. */
export interface Life {
  list: string;
  listing: string;
  stretches: LifeStretch[];
}

const COLUMNS = `v.list, v.listing, v.state_id as "stateId", v.valid_from::float8 as "validFrom", v.valid_to::float8 as "validTo",
  v.listed_from as "listedFrom", v.listed_from_dating as "listedFromDating", v.listed_until as "listedUntil",
  v.listed_until_dating as "listedUntilDating", v.version_dating as dating, v.declared_from as "declaredFrom",
  v.in_force_until as "inForceUntil"`;

const KNOWN = 'v.known_from <= $2 and v.known_to > $2';

const bodyOfDay = (day: string) => `case when v.valid_from <= ${day} and v.valid_to > ${day}
  then (select s.body from listings.states s where s.state_id = v.state_id) end as body`;

/** The life of a listing, with the content of that day; null where it is not known at that position. */
export async function lifeOf(pool: Pool, listing: string, position: bigint, date: string): Promise<Life | null> {
  const { rows } = await namedQuery<LifeStretch>(
    pool,
    'life-of',
    `select ${COLUMNS}, true as matches, ${bodyOfDay('$3')} from listings.versions v where v.listing = $1 and ${KNOWN} order by v.valid_from`,
    [listing, String(position), endOfDaySeconds(date)],
  );
  return livesOfRows(rows)[0] ?? null;
}

/** The lives of these listings, in the order of their ids; those not known at that position are left out. */
export async function livesOf(pool: Pool, listings: readonly string[], position: bigint): Promise<Life[]> {
  const { rows } = await namedQuery<LifeStretch>(
    pool,
    'lives-of',
    `select ${COLUMNS}, true as matches from listings.versions v where v.listing = any($1) and ${KNOWN} order by v.listing, v.valid_from`,
    [listings, String(position)],
  );
  return livesOfRows(rows);
}

/** The lives of every listing that ever had this name or alias (folded, see `foldName`), with the content of that day. */
export async function livesByName(
  pool: Pool,
  folded: string,
  lists: readonly string[] | null,
  position: bigint,
  date: string,
): Promise<Life[]> {
  const { rows } = await namedQuery<LifeStretch>(
    pool,
    'lives-by-name',
    `with names as materialized (
       select s.state_id, json_agg(json_build_object('name', n.name, 'kind', n.kind) order by n.kind, n.name) as matched
         from listings.names n join listings.states s using (names_hash) where n.folded = $1 group by s.state_id
     ), hits as materialized (
       select distinct v.listing from names join listings.versions v using (state_id)
        where ${KNOWN} and ($3::text[] is null or v.list = any($3))
     )
     select ${COLUMNS}, names.state_id is not null as matches, names.matched, ${bodyOfDay('$4')}
       from hits join listings.versions v using (listing) left join names using (state_id)
      where ${KNOWN} order by v.listing, v.valid_from`,
    [folded, String(position), lists, endOfDaySeconds(date)],
  );
  return livesOfRows(rows);
}

/** The stored JSON texts of states. */
export async function bodiesOf(pool: Pool, stateIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await namedQuery<{ state_id: string; body: string }>(
    pool,
    'bodies-of',
    'select state_id, body from listings.states where state_id = any($1)',
    [stateIds],
  );
  return new Map(rows.map((row) => [row.state_id, row.body]));
}

/** The stretch at the end of a day; where the listing is not listed then, the last one before or else the first after. */
export function stretchNear(life: Life, date: string): { stretch: LifeStretch; isListed: boolean } {
  const day = endOfDaySeconds(date);
  const started = life.stretches.filter((one) => one.validFrom <= day);
  const stretch = started[started.length - 1] ?? life.stretches[0]!;
  return { stretch, isListed: stretch.validFrom <= day && stretch.validTo > day };
}

/** When the listing was there with what was asked for: matching stretches without a gap between them are one. */
export function presencesOf({ stretches }: Life): Presence[] {
  const presences: Presence[] = [];
  for (const [index, one] of stretches.entries()) {
    if (!one.matches) continue;
    const next = stretches[index + 1];
    const goesOn = next?.validFrom === one.validTo;
    const toDating = goesOn ? next.dating : one.listedUntilDating;
    const last = presences[presences.length - 1];
    if (last?.to === one.validFrom) {
      last.to = one.validTo;
      last.toDating = toDating;
      continue;
    }
    const begins = stretches[index - 1]?.validTo !== one.validFrom;
    const fromDating = begins ? one.listedFromDating : one.dating;
    presences.push({ from: one.validFrom, to: one.validTo, fromDating, toDating });
  }
  return presences;
}

/** Groups rows by listing. */
export function livesOfRows(rows: readonly LifeStretch[]): Life[] {
  const lives = new Map<string, Life>();
  for (const row of rows) {
    const life = lives.get(row.listing);
    if (life) life.stretches.push(row);
    else lives.set(row.listing, { list: row.list, listing: row.listing, stretches: [row] });
  }
  return [...lives.values()];
}

export function grouped<R, T>(rows: readonly R[], keyOf: (row: R) => string, valueOf: (row: R) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(valueOf(row));
    else groups.set(key, [valueOf(row)]);
  }
  return groups;
}

/** That a listing exists, and since when it is known; null where no listing ever had this id. */
export async function knownListing(pool: Pool, listing: string): Promise<{ list: string; firstPosition: bigint } | null> {
  const { rows } = await namedQuery<{ list: string; first_position: string }>(
    pool,
    'known-listing',
    'select list, first_position::text from listings.listings where listing = $1',
    [listing],
  );
  return rows[0] ? { list: rows[0].list, firstPosition: BigInt(rows[0].first_position) } : null;
}
