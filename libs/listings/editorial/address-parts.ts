import { shortenAddressWords, spellOutSigns } from '../address-words.js';
import { plainWords } from './abbreviations.js';
import { wholeCountry } from './whole-country.js';
import { isNumber, isPostalCode } from './wording.js';

/** The words of one part of an address between two commas, in one form. */
export type Part = readonly string[];

/**
 * The parts of an address: folded, usual abbreviations in one form, a country by its code in capitals, a postal code at the end of
 * a part (`Minsk 220108`) as a part of its own.
 * @param countries codes of the country; a part of two letters is a code only if it is one of them, or stands last where
 *   none is given: `CA` and `DE` are states of the USA as well
 */
export function addressParts(text: string, countries: readonly string[]): Part[] {
  const printed = text.split(/[,;]/).filter((part) => part.trim() !== '');
  const parts = printed.flatMap((part, at): Part[] => {
    const code = wholeCountry(part);
    const certain = code !== null && (part.trim().length > 2 || (countries.length > 0 ? countries.includes(code) : at === printed.length - 1));
    return [certain ? [code] : addressWords(part)];
  });
  return parts.flatMap(postalCodeApart).filter((part) => part.length > 0);
}

function postalCodeApart(part: Part): Part[] {
  const code = part.at(-1) ?? '';
  if (part.length < 2 || !isPostalCode(code) || part.includes('pobox')) return [part];
  return [part.slice(0, -1), [code]];
}

function addressWords(part: string): string[] {
  const words = plainWords(spellOutSigns(part.toLowerCase())).map((word) => LEGAL.get(word) ?? word);
  // `5 S` at the end is a house with a letter, and not the south.
  const quarter = /^(?:north|south|east|west)$/.test(words.at(-1) ?? '') && /\d$/.test(words.at(-2) ?? '') ? words.slice(-1) : [];
  return [...shortenAddressWords(words.slice(0, words.length - quarter.length)), ...quarter];
}

const LEGAL = new Map(
  Object.entries({ company: 'co', limited: 'ltd', incorporated: 'inc', corporation: 'corp', defense: 'defence', organization: 'organisation' }),
);

/** The parts without what says nothing in an address: articles, and `city of` before a name. */
export function withoutEmptyWords(text: string): string {
  return text.replace(/\bthe\s+/gi, '').replace(/\bcity\s+of\s+/gi, '');
}

/** The parts without those that say again, word by word, what another says; house and room numbers are never dropped. */
export function withoutRepeats(parts: readonly Part[]): Part[] {
  const said = new Set<string>();
  return parts.filter((part) => {
    const key = part.join(' ');
    const again = said.has(key) && !part.some(isNumber);
    said.add(key);
    return !again;
  });
}

/**
 * Whether the same parts stand in another order. A part that is only a number goes with the one before it
 * (`Lenina St., 4`), and of parts that number the same kind of thing (`Room 5`, `Room 7`) the order counts.
 */
export function areMoved(before: readonly Part[], after: readonly Part[]): boolean {
  const [one, other] = [withNumbers(before), withNumbers(after)];
  const sorted = (parts: string[]) => [...parts].sort().join('|');
  if (sorted(one) !== sorted(other)) return false;
  const kinds = one.filter((part) => /\d/.test(part)).map((part) => part.replace(/\S*\d\S*/g, '#'));
  return new Set(kinds).size === kinds.length;
}

function withNumbers(parts: readonly Part[]): string[] {
  const joined: string[] = [];
  let first = '';
  for (const part of parts) {
    const text = part.join(' ');
    if (!part.every(isNumber)) joined.push(first + text);
    else if (joined.length > 0) joined.push(`${joined.pop()} ${text}`);
    if (joined.length === 0) first += `${text} `;
    else first = '';
  }
  return first === '' ? joined : [...joined, first];
}
