import { createHash } from 'node:crypto';
import {
  hashState,
  pairListings,
  type FieldGroup,
  type IdentityDecision,
  type ListReading,
  type Moment,
  type Row,
  type StateHash,
} from '@listory/listings';
import { contentNear, listingIds, listingsByKey, listingsInEffect, type KnownListing } from '@listory/views';
import type { Pool } from 'pg';

/** One row of an edition and the listing that it is read as. */
export interface AssignedRow {
  listing: string;
  row: Row;
  identity: IdentityDecision;
  /** Whether the listing is in effect at the edition's moment with the very same content. */
  unchanged: boolean;
}

export interface Assignment {
  rows: AssignedRow[];
  /** Listings in effect at the edition's moment that it does not show. */
  gone: string[];
  /** How many listings were in effect at the edition's moment. */
  inEffect: number;
}

/**
 * Decides which listing each row of an edition is: by the publisher's id where it has a stable one, else by the same
 * content, else by pairing with listings in effect, else with those that went before, else it is a new listing.
 */
export async function assignRows(db: Pool, reading: ListReading, moment: Moment): Promise<Assignment> {
  const known = await listingsInEffect(db, reading.list, moment);
  const { keyed, keyless } = await splitByKey(db, reading);
  const hashes = new Map(keyless.map((row) => [row, hashState(row.state)]));
  const current = new Map(known.map((one) => [one.listing, one]));
  const isSame = (row: Row, one: KnownListing | undefined) =>
    one !== undefined && sameContent(hashState(row.state), one, reading.silentOn);
  const rows: AssignedRow[] = keyed.map(({ row, listing, reason }) => ({
    listing,
    row,
    identity: { step: 'key', score: null, reason },
    unchanged: isSame(row, current.get(listing)),
  }));
  if (keyless.length > 0) rows.push(...(await assignKeyless(db, reading, moment, keyless, known, hashes)));
  const shown = new Set(rows.map((row) => row.listing));
  return { rows, gone: known.filter((one) => !shown.has(one.listing)).map((one) => one.listing), inEffect: known.length };
}

async function splitByKey(db: Pool, { list, rows }: ListReading) {
  const keyless = rows.filter((row) => row.key === null);
  if (keyless.length === rows.length) return { keyed: [], keyless };
  return { keyed: listingsOfKeys(list, rows, await listingsByKey(db, list)), keyless };
}

/**
 * The listings that rows with publisher ids are read as. Where the edition shows two that a person had found to be one,
 * the listing is the row whose own id it has, and the other stands under its own id: no row is lost for a decision.
 */
function listingsOfKeys(list: string, rows: readonly Row[], byKey: ReadonlyMap<string, string>) {
  const taken = new Map<string, Row>();
  const own = (row: Row) => `${list}:${row.key}`;
  const take = (row: Row, listing: string): void => {
    const holder = taken.get(listing);
    if (holder && listing !== own(row)) return take(row, own(row));
    taken.set(listing, row);
    if (holder) take(holder, own(holder));
  };
  for (const row of rows) if (row.key !== null) take(row, byKey.get(row.key) ?? own(row));
  return [...taken].map(([listing, row]) => {
    const linked = byKey.get(row.key!) ?? listing;
    const beside = linked === listing ? '' : `: this edition has it beside ${linked}, with which it was found to be one`;
    return { row, listing, reason: `the publisher's own id ${row.key}${beside}` };
  });
}

async function assignKeyless(
  db: Pool,
  reading: ListReading,
  moment: Moment,
  rows: Row[],
  known: KnownListing[],
  hashes: Map<Row, StateHash>,
): Promise<AssignedRow[]> {
  const assigned: AssignedRow[] = [];
  const byContent = new Map<string, string[]>();
  for (const one of known) push(byContent, contentKey(one), one.listing);
  let left: Row[] = [];
  for (const row of rows) {
    const listing = byContent.get(contentKey(hashes.get(row)!))?.pop();
    const identity: IdentityDecision = { step: 'same', score: 1, reason: 'the same content' };
    if (listing) assigned.push({ listing, row, identity, unchanged: true });
    else left.push(row);
  }
  const ids = await listingIds(db, reading.list);
  for (const one of assigned) ids.delete(one.listing);
  const open = new Set(known.map((one) => one.listing).filter((listing) => ids.has(listing)));
  for (const candidates of [[...open], [...ids].filter((listing) => !open.has(listing))]) {
    const { pairs, unpaired } = await pairWith(db, candidates, left, moment);
    assigned.push(...pairs);
    left = unpaired;
  }
  return [...assigned, ...asNew(reading.list, left, hashes, await listingIds(db, reading.list))];
}

async function pairWith(db: Pool, candidates: string[], rows: Row[], moment: Moment) {
  if (candidates.length === 0 || rows.length === 0) return { pairs: [], unpaired: rows };
  const content = await contentNear(db, candidates, moment);
  const before = [...content].map(([id, state]) => ({ id, state })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const after = rows.map((row, index) => ({ row: index, state: row.state }));
  const { pairs, newRows } = pairListings(before, after);
  return {
    pairs: pairs.map(({ id, row, step, score, reason }): AssignedRow => {
      return { listing: id, row: rows[row]!, identity: { step, score, reason }, unchanged: false };
    }),
    unpaired: newRows.map((row) => rows[row]!),
  };
}

/** Ids for listings seen for the first time: made of their content, so that the same bytes give the same ids. */
function asNew(list: string, rows: Row[], hashes: Map<Row, StateHash>, taken: Set<string>): AssignedRow[] {
  const named = rows.map((row) => ({ row, content: contentKey(hashes.get(row)!) }));
  named.sort((a, b) => (a.content < b.content ? -1 : 1));
  return named.map(({ row, content }): AssignedRow => {
    const base = `${list}:${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
    let listing = base;
    for (let copy = 2; taken.has(listing); copy++) listing = `${base}-${copy}`;
    taken.add(listing);
    const identity: IdentityDecision = { step: 'new', score: null, reason: 'no earlier listing is near enough' };
    return { listing, row, identity, unchanged: false };
  });
}

function sameContent(hash: StateHash, known: KnownListing, silentOn: readonly FieldGroup[]): boolean {
  if (silentOn.some((group) => group.startsWith('details.'))) return false;
  return (
    hash.core === known.core &&
    (hash.aliases === known.aliases || silentOn.includes('aliases')) &&
    (hash.addresses === known.addresses || silentOn.includes('addresses'))
  );
}

function contentKey({ core, aliases, addresses }: StateHash): string {
  return core + aliases + addresses;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
