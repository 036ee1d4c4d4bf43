import { readEvents } from '@listory/event-log';
import { lifeOf, knownListing, type Life } from '@listory/views';
import type { Pool } from 'pg';
import { Problem } from '../problems.js';

/** What is known of the listing of an id. */
export interface FoundLife {
  list: string;
  /** null where nothing was known of it at that position. */
  life: Life | null;
  /** The listing as which it goes on, by an identity decision. */
  continuedBy: string | null;
}

/** Links of links are followed, but not round in circles. */
const MOST_LINKS = 10;

/**
 * The life of a listing as known at a position, with its content of the day; of one that was joined to another by then, that one's.
 * @throws Problem where no listing ever had this id
 */
export async function findLife(pool: Pool, id: string, position: bigint, asOf: string): Promise<FoundLife> {
  let listing = id;
  let continuedBy: string | null = null;
  for (let links = 0; links < MOST_LINKS; links++) {
    const life = await lifeOf(pool, listing, position, asOf);
    if (life) return { list: life.list, life, continuedBy };
    const known = await knownListing(pool, listing);
    if (!known) throw new Problem('unknown-listing', `There is no listing '${id}'. Ids are found by name.`, { parameter: 'id' });
    const next = known.firstPosition <= position ? await continuationOf(pool, listing, position) : null;
    if (next === null) return { list: known.list, life: null, continuedBy };
    listing = continuedBy = next;
  }
  throw new Error(`${id} is linked to another listing more than ${MOST_LINKS} times over`);
}

/** The listing to which this one was joined by then. */
export async function continuationOf(pool: Pool, listing: string, position: bigint): Promise<string | null> {
  const links = await readEvents(pool, { after: 0n, upTo: position, subjects: [listing], type: 'identity.linked' });
  const last = links[links.length - 1];
  return last && last.data.continues === false ? (last.data.other as string) : null;
}
