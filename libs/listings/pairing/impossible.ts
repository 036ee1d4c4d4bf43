import type { Name, Party } from './party.js';
import { alike, isOfOrganisations } from './words.js';

/**
 * Why two entries cannot be one listing, whatever else agrees; null where they can.
 * Each rule is a mistake that was seen: the same address, citation and date are shared by brothers, by institutes
 * of one academy, and by everybody whom one rule added.
 */
export function whyImpossible(before: Party, after: Party): string | null {
  if (before.bareAddress !== after.bareAddress) return 'a party and a bare address';
  if (before.bareAddress) {
    // Numbered anew in each country: without the country the number says nothing.
    return before.countries.some((country) => after.countries.includes(country)) ? null : 'bare addresses of two countries';
  }
  const types = [before.state.type, after.state.type];
  if (types[0] !== types[1] && !types.includes('unknown')) return 'two kinds of party';
  if (goesByTheName(before, after) || goesByTheName(after, before)) return null;
  if (numbersContradict(before.numbers, after.numbers)) return 'names with different numbers';
  if (isPerson(before) && isPerson(after) && twoPersons(before.name, after.name)) return 'two persons';
  return null;
}

/** Whether the one was listed with the other's name as an alias. */
function goesByTheName(one: Party, other: Party): boolean {
  return one.aliases.some((alias) => alias.folded === other.name.folded);
}

function numbersContradict(one: string[], other: string[]): boolean {
  return one.some((number) => !other.includes(number)) && other.some((number) => !one.includes(number));
}

function isPerson(party: Party): boolean {
  if (party.state.type === 'individual') return true;
  const { words } = party.name;
  return party.state.type === 'unknown' && words.length >= 2 && words.length <= 4 && words.every((word) => /^\p{L}+$/u.test(word) && !isOfOrganisations(word));
}

/** Whether each has a given name or a surname that nothing in the other resembles. */
function twoPersons(one: Name, other: Name): boolean {
  const unlike = (words: string[], others: string[]) =>
    words.some((word) => word.length > 1 && !others.some((like) => word === like || (word[0] === like[0] && alike(word, like) > 0)));
  return unlike(one.words, other.words) && unlike(other.words, one.words);
}
