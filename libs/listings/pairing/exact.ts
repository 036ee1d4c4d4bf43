import { whyImpossible } from './impossible.js';
import type { Party } from './party.js';

/** One round of exact evidence: entries with the same key are one, where the key is unique on both sides. */
interface Round {
  score: number;
  reason: string;
  /** Null where the entry does not say enough for this round. */
  keyOf(party: Party): string | null;
}

/** From the strongest evidence to the weakest; each looks only at what the ones before it left. */
const ROUNDS: Round[] = [
  {
    score: 1,
    reason: 'the same name, addresses, start date and citations as printed',
    keyOf: (party) => key(party.state.name, party.placeKeys, party.state.citations.map((one) => one.text), party.state.declaredFrom),
  },
  {
    score: 0.99,
    reason: 'the same name, addresses, start date and citations',
    keyOf: (party) => key(party.name.folded, party.placeKeys, party.citations, party.state.declaredFrom),
  },
  {
    score: 0.98,
    reason: 'the same name, countries, start date and citations',
    keyOf: (party) => (party.citations.length > 0 && !party.bareAddress ? key(party.name.folded, party.countries, party.citations, party.state.declaredFrom) : null),
  },
  {
    score: 0.96,
    reason: 'the same name and addresses',
    keyOf: (party) => (party.places.some((place) => place.specific) ? key(party.name.folded, party.placeKeys) : null),
  },
  {
    score: 0.95,
    reason: 'the same name, countries and citations',
    keyOf: (party) => (party.citations.length > 0 && !party.bareAddress ? key(party.name.folded, party.countries, party.citations) : null),
  },
  {
    score: 0.93,
    reason: 'the same name, countries and start date',
    keyOf: (party) => (party.state.declaredFrom !== null && !party.bareAddress ? key(party.name.folded, party.countries, party.state.declaredFrom) : null),
  },
  {
    score: 0.9,
    reason: 'the same name in another order, and the same addresses',
    keyOf: (party) => (party.places.some((place) => place.specific) ? key([...party.name.words].sort(), party.placeKeys) : null),
  },
  {
    score: 0.88,
    reason: 'the only ones of this name in these countries',
    keyOf: (party) => (party.countries.length > 0 && !party.bareAddress ? key(party.name.folded, party.countries) : null),
  },
];

/** A pair of entries by their places in the two lists. */
export interface Found {
  before: number;
  after: number;
  score: number;
  reason: string;
}

/** Pairs by exact evidence, in rounds. What is not unique on both sides is left to the assignment. */
export function pairExactly(before: readonly Party[], after: readonly Party[]): Found[] {
  const found: Found[] = [];
  let openBefore = before.map((_, at) => at);
  let openAfter = after.map((_, at) => at);
  for (const { score, reason, keyOf } of ROUNDS) {
    const keyed = uniqueKeys(openAfter, after, keyOf);
    const taken = new Set<number>();
    for (const [text, at] of uniqueKeys(openBefore, before, keyOf)) {
      const other = keyed.get(text) ?? null;
      if (at === null || other === null || whyImpossible(before[at] as Party, after[other] as Party) !== null) continue;
      found.push({ before: at, after: other, score, reason });
      taken.add(at);
    }
    const takenAfter = new Set(found.map((pair) => pair.after));
    openBefore = openBefore.filter((at) => !taken.has(at));
    openAfter = openAfter.filter((at) => !takenAfter.has(at));
  }
  return found;
}

/** Keys with the one entry that has it, or null where several have. */
function uniqueKeys(open: number[], parties: readonly Party[], keyOf: Round['keyOf']): Map<string, number | null> {
  const keys = new Map<string, number | null>();
  for (const at of open) {
    const text = keyOf(parties[at] as Party);
    if (text !== null) keys.set(text, keys.has(text) ? null : at);
  }
  return keys;
}

function key(...parts: (string | string[] | null)[]): string {
  return JSON.stringify(parts);
}
