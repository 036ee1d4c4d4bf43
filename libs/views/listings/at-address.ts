import type { Pool } from 'pg';
import { namedQuery } from '../named-query.js';
import { grouped, livesOfRows, type Life, type LifeStretch } from './life.js';

/** An address as some listing has or had it. */
export interface FoundAddress {
  id: string;
  text: string;
  country: string | null;
  /** `equal`: the same after folding; `words`: it has all the words of the question; `id`: it was asked for by id. */
  match: 'equal' | 'words' | 'id';
}

/** Who ever had an address of these, as known at one position. */
export interface AddressFinding {
  /** The addresses of each state that matched. */
  byState: Map<string, FoundAddress[]>;
  /** The lives of the listings; `matches` where the state has one of the addresses. */
  lives: Life[];
}

/**
 * Finds addresses equal to a folded text, and those that contain all its words.
 * @param folded see `foldAddress`; not empty
 * @param most how many addresses at most are looked at, equal ones first
 */
export async function findAddresses(pool: Pool, folded: string, most: number): Promise<FoundAddress[]> {
  const words = [...new Set(folded.split(' '))];
  const { rows } = await namedQuery<FoundAddress>(pool, 'find-addresses', FIND, [folded, words.map((word) => `%${escapeLike(word)}%`), words, most]);
  return rows;
}

const FIND = `
  select address_id as id, min(text) as text, min(country) as country, 'equal' as match
    from listings.addresses where folded = $1 group by address_id
  union all
  (select address_id as id, min(text) as text, min(country) as country, 'words' as match
    from listings.addresses
   where folded like all ($2) and string_to_array(folded, ' ') @> $3 and folded <> $1
     and address_id not in (select address_id from listings.addresses where folded = $1)
   group by address_id order by min(length(folded)), address_id limit $4)`;

/** The addresses of these ids, as the listings write them. */
export async function addressesById(pool: Pool, id: string): Promise<FoundAddress[]> {
  const { rows } = await namedQuery<FoundAddress>(
    pool,
    'addresses-by-id',
    `select distinct address_id as id, text, country, 'id' as match from listings.addresses where address_id = $1 order by text, country`,
    [id],
  );
  return rows;
}

/** The lives of every listing that ever had one of these addresses, as known at that position. */
export async function livesAtAddresses(
  pool: Pool,
  addresses: readonly FoundAddress[],
  lists: readonly string[] | null,
  position: bigint,
): Promise<AddressFinding> {
  const found = new Map(addresses.map((one) => [one.id, one]));
  const states = await namedQuery<{ stateId: string; id: string; text: string; country: string | null }>(
    pool,
    'states-at-addresses',
    `select s.state_id as "stateId", a.address_id as id, a.text, a.country
       from listings.addresses a join listings.states s using (addresses_hash)
      where a.address_id = any($1) order by a.address_id, a.text`,
    [[...found.keys()]],
  );
  const byState = grouped(
    states.rows,
    (row) => row.stateId,
    ({ id, text, country }): FoundAddress => ({ id, text, country, match: found.get(id)!.match }),
  );
  const { rows } = await namedQuery<LifeStretch>(pool, 'lives-at-states', LIVES, [[...byState.keys()], String(position), lists]);
  return { byState, lives: livesOfRows(rows) };
}

const LIVES = `
  with hits as materialized (
    select distinct v.listing from listings.versions v
     where v.state_id = any($1) and v.known_from <= $2 and v.known_to > $2 and ($3::text[] is null or v.list = any($3)))
  select v.list, v.listing, v.state_id as "stateId", v.valid_from::float8 as "validFrom", v.valid_to::float8 as "validTo",
         v.listed_from as "listedFrom", v.listed_from_dating as "listedFromDating", v.listed_until as "listedUntil",
         v.listed_until_dating as "listedUntilDating", v.version_dating as dating, v.declared_from as "declaredFrom",
         v.in_force_until as "inForceUntil", v.state_id = any($1) as matches
    from hits join listings.versions v using (listing)
   where v.known_from <= $2 and v.known_to > $2 order by v.listing, v.valid_from`;

function escapeLike(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
