import { canonicalJson } from '../canonical.js';
import type { Json, ListingState } from '../listing.js';
import { bestAssignment, type Edge } from './assignment.js';
import { candidatesOf } from './candidates.js';
import { scoreOf, type Frequencies, type Score } from './evidence.js';
import { pairExactly, type Found } from './exact.js';
import { whyImpossible } from './impossible.js';
import { partyOf, type Party } from './party.js';
import { countWords } from './words.js';

/** A row of an edition that continues a listing. */
export interface ListingPair {
  id: string;
  row: number;
  step: 'exact' | 'assignment';
  /** From the threshold to 1. */
  score: number;
  /** In words, for the record of the decision. */
  reason: string;
}

export interface ListingPairs {
  pairs: ListingPair[];
  /** Rows that continue no listing, ascending. */
  newRows: number[];
  /** Ids of listings that no row continues, ascending. */
  gone: string[];
}

export interface PairingOptions {
  /** The least score of a pair by assignment, from 0 to 1; 0.72 where not given. */
  threshold?: number;
}

/** Chosen on the Entity List of 2022-05-06 and 2025-11-08: see PAIRING.md. */
const THRESHOLD = 0.72;

/**
 * Which row of an edition continues which known listing, for lists without publisher ids.
 * Exact evidence first, in rounds from the strongest to the weakest; then the best one-to-one assignment of what is
 * left. Depends on neither the order of the rows nor the machine's locale. Rows that say exactly the same are
 * interchangeable: the one with the smaller number goes to the listing with the smaller id.
 * @param before the listings as they are known, each with its id
 * @param after the rows of the edition, each with its number
 */
export function pairListings(
  before: readonly { id: string; state: ListingState }[],
  after: readonly { row: number; state: ListingState }[],
  options: PairingOptions = {},
): ListingPairs {
  const listings = inOrder(before, (one) => one.id);
  const rows = inOrder(after, (one) => one.row);
  const exact = pairExactly(listings.map((one) => one.party), rows.map((one) => one.party));
  const [pairedListings, pairedRows] = [new Set(exact.map((pair) => pair.before)), new Set(exact.map((pair) => pair.after))];
  const left = listings.map((_, at) => at).filter((at) => !pairedListings.has(at));
  const leftRows = rows.map((_, at) => at).filter((at) => !pairedRows.has(at));
  const assigned = assign(
    left.map((at) => listings[at]!.party),
    leftRows.map((at) => rows[at]!.party),
    frequenciesOf(
      listings.map((one) => one.party),
      rows.map((one) => one.party),
    ),
    options.threshold ?? THRESHOLD,
  ).map((found) => ({ ...found, before: left[found.before]!, after: leftRows[found.after]! }));
  const pairOf = (step: ListingPair['step']) => (found: Found): ListingPair => {
    return { id: listings[found.before]!.one.id, row: rows[found.after]!.one.row, step, score: found.score, reason: found.reason };
  };
  const pairs = [...exact.map(pairOf('exact')), ...assigned.map(pairOf('assignment'))].sort((a, b) => a.row - b.row);
  const [ids, numbers] = [new Set(pairs.map((pair) => pair.id)), new Set(pairs.map((pair) => pair.row))];
  return {
    pairs,
    newRows: after.map((one) => one.row).filter((row) => !numbers.has(row)).sort((a, b) => a - b),
    gone: before.map((one) => one.id).filter((id) => !ids.has(id)).sort(),
  };
}

interface Entry<T> {
  one: T;
  party: Party;
}

/** Entries ordered by what they say, and by id only where they say the same. */
function inOrder<T extends { state: ListingState }, K extends string | number>(entries: readonly T[], idOf: (one: T) => K): Entry<T>[] {
  const compare = <V extends string | number>(a: V, b: V) => (a < b ? -1 : a > b ? 1 : 0);
  const whole = (state: ListingState) => canonicalJson(state as unknown as Json);
  return entries
    .map((one) => ({ one, party: partyOf(one.state) }))
    .sort(
      (a, b) =>
        compare(a.party.print, b.party.print) ||
        compare(whole(a.one.state), whole(b.one.state)) ||
        compare(idOf(a.one), idOf(b.one)),
    );
}

/** Counted over all entries, not only those that are left: what is a common word does not depend on the exact pairs. */
function frequenciesOf(before: Party[], after: Party[]): Frequencies {
  const parties = [...before, ...after];
  return {
    names: countWords(parties.map((party) => party.name.words)),
    places: countWords(parties.map((party) => party.places.flatMap((place) => place.words))),
    listingsOfName: countWords(before.map((party) => [party.name.folded])),
    rowsOfName: countWords(after.map((party) => [party.name.folded])),
  };
}

function assign(before: Party[], after: Party[], frequencies: Frequencies, threshold: number): Found[] {
  const scores = new Map<string, Score>();
  const edges: Edge[] = [];
  candidatesOf(before, after).forEach((candidates, row) => {
    for (const column of candidates) {
      if (whyImpossible(before[row]!, after[column]!) !== null) continue;
      const found = scoreOf(before[row]!, after[column]!, frequencies);
      if (found.score === 0 || found.score < threshold) continue;
      scores.set(`${row} ${column}`, found);
      // Above the threshold only: one certain pair is worth more than two doubtful ones.
      edges.push({ row, column, worth: found.score - threshold + 0.001 });
    }
  });
  return bestAssignment(edges).map(({ row, column }) => ({ before: row, after: column, ...scores.get(`${row} ${column}`)! }));
}
