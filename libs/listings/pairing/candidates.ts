import type { Party } from './party.js';

/** A word, address or citation that more entries than this share leads to none of them. */
const TOO_COMMON = 80;

/**
 * Which entries are worth a comparison: those that share a word of a name or alias that is not too common, an address,
 * or citation and start date. Keeps the work far below every-with-every.
 * @returns for each entry of the first list the places in the second, ascending
 */
export function candidatesOf(before: readonly Party[], after: readonly Party[]): number[][] {
  const index = new Map<string, number[]>();
  after.forEach((party, at) => {
    for (const key of keysOf(party)) {
      const places = index.get(key);
      if (places) places.push(at);
      else index.set(key, [at]);
    }
  });
  return before.map((party) => {
    const found = new Set<number>();
    for (const key of keysOf(party)) {
      const places = index.get(key) ?? [];
      if (places.length <= TOO_COMMON) for (const at of places) found.add(at);
    }
    return [...found].sort((a, b) => a - b);
  });
}

function keysOf(party: Party): Set<string> {
  const keys = new Set<string>();
  for (const name of [party.name, ...party.aliases]) {
    keys.add(`name ${name.folded.replaceAll(' ', '')}`);
    for (const word of name.words) keys.add(`word ${word}`);
  }
  for (const place of party.places) if (place.specific) keys.add(`place ${place.key}`);
  for (const citation of party.citations) keys.add(`rule ${citation} ${party.state.declaredFrom} ${party.countries.join(' ')}`);
  return keys;
}
