import { addressKey, aliasKey } from '../canonical.js';
import { countryCode } from '../countries.js';
import { addressId, foldName } from '../folding.js';
import type { Address, Alias, Json } from '../listing.js';
import { classifyAddressText } from './address-text.js';
import { editorial, substantive, type Classification } from './classification.js';
import { classifyJson } from './json.js';
import { likeness } from './likeness.js';
import { classifyText } from './text.js';
import { wholeCountry } from './whole-country.js';

/** An element that stays with another text. */
export interface ElementPair<T> extends Classification {
  before: T;
  after: T;
}

export interface ElementPairs<T> {
  pairs: ElementPair<T>[];
  /** Those that went, in the order given. */
  removed: T[];
  /** Those that came, in the order given. */
  added: T[];
}

/** Share of the words (Dice) from which two texts of one listing are taken for two writings of one address or name. */
const SIMILAR = 0.75;

/**
 * Which of the addresses that went is the earlier text of which one that came: by the publisher's number; else the
 * same when folded; else where only the writing differs; else the most alike, from 75 % of the words on and where
 * neither has a house or room number that the other lacks. That two are one address says nothing of the class. One to one; independent of the order given.
 */
export function pairAddresses(removed: readonly Address[], added: readonly Address[]): ElementPairs<Address> {
  return pairElements(removed, added, addressKey, classifyAddress, [
    (one, other) => yes(one.number !== null && one.number === other.number),
    (one, other) => yes(addressId(one) === addressId(other)),
    (one, other) => yes(classifyAddress(one, other).class === 'editorial'),
    (one, other) => (countriesMeet(one, other) ? likeness(one.text, other.text) : 0),
  ]);
}

/**
 * Which of the aliases that went is the earlier text of which one that came: by the publisher's number, else the same
 * name when folded, else a name that differs only in writing, else the most similar from 75 % of the words on.
 */
export function pairAliases(removed: readonly Alias[], added: readonly Alias[]): ElementPairs<Alias> {
  return pairElements(removed, added, aliasKey, classifyAlias, [
    (one, other) => yes(one.number !== null && one.number === other.number),
    (one, other) => yes(foldName(one.name) === foldName(other.name)),
    (one, other) => yes(classifyText(one.name, other.name).class === 'editorial'),
    (one, other) => likeness(one.name, other.name),
  ]);
}

function classifyAddress(before: Address, after: Address): Classification {
  const codes = [before.country, after.country].flatMap((country) => countryCode(country) ?? []);
  const text = classifyAddressText(before.text, after.text, codes);
  if (text.class === 'substantive') return text;
  const country = classifyCountry(before, after);
  if (country?.class === 'substantive') return country;
  const details = classifyJson(before.details as Json, after.details as Json);
  if (details.class === 'substantive') return substantive(`details: ${details.reason}`);
  return before.text === after.text ? editorial('the same text, parted or numbered otherwise') : text;
}

/** A country that comes or goes is no change where the text of the address names it. */
function classifyCountry(before: Address, after: Address): Classification | null {
  const codes = [before.country, after.country].map((country) => (country === null ? null : (wholeCountry(country) ?? country.trim().toLowerCase())));
  if (codes[0] === codes[1]) return null;
  const named = ({ text }: Address) => text.split(/[,;]/).some((part) => (wholeCountry(part) ?? part.trim().toLowerCase()) === (codes[0] ?? codes[1]));
  if ((codes[0] === null || codes[1] === null) && named(before) && named(after)) return null;
  return substantive(`country ${before.country ?? '(none)'} became ${after.country ?? '(none)'}`);
}

function classifyAlias(before: Alias, after: Alias): Classification {
  if (before.kind !== after.kind) return substantive(`${before.kind} became ${after.kind}`);
  if (before.quality !== after.quality) return substantive(`${before.quality ?? 'no quality'} became ${after.quality ?? 'no quality'}`);
  const details = classifyJson(before.details as Json, after.details as Json);
  if (details.class === 'substantive') return substantive(`details: ${details.reason}`);
  return before.name === after.name ? editorial('the same name, numbered otherwise') : classifyText(before.name, after.name);
}

type Evidence<T> = (before: T, after: T) => number;

function pairElements<T>(
  removed: readonly T[],
  added: readonly T[],
  keyOf: (element: T) => string,
  classify: (before: T, after: T) => Classification,
  steps: Evidence<T>[],
): ElementPairs<T> {
  let went = [...removed];
  let came = [...added];
  const pairs: ElementPair<T>[] = [];
  for (const evidence of steps) {
    if (went.length === 0 || came.length === 0) break;
    const candidates = went.flatMap((before) => came.map((after) => ({ before, after, score: evidence(before, after) })));
    const sorted = candidates
      .filter(({ score }) => score >= SIMILAR)
      .map((pair) => ({ ...pair, keys: `${keyOf(pair.before)} ${keyOf(pair.after)}` }))
      .sort((a, b) => b.score - a.score || (a.keys < b.keys ? -1 : a.keys > b.keys ? 1 : 0));
    for (const { before, after } of sorted) {
      if (!went.includes(before) || !came.includes(after)) continue;
      pairs.push({ before, after, ...classify(before, after) });
      went = without(went, before);
      came = without(came, after);
    }
  }
  return { pairs, removed: went, added: came };
}

function without<T>(list: T[], element: T): T[] {
  const at = list.indexOf(element);
  return [...list.slice(0, at), ...list.slice(at + 1)];
}

function yes(found: boolean): number {
  return found ? 1 : 0;
}

function countriesMeet(one: Address, other: Address): boolean {
  const codes = [one, other].map((address) => countryCode(address.country));
  return codes[0] === codes[1] || codes[0] === null || codes[1] === null;
}
