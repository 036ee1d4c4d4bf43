import { isKindOfPlace } from '../address-words.js';
import { addressKey, aliasKey } from '../canonical.js';
import { countryCode } from '../countries.js';
import { addressId, foldName } from '../folding.js';
import type { Address, Alias, Json } from '../listing.js';
import { classifyJson } from './json.js';
import { isTypingError } from './one-edit.js';
import { classifyText, editorial, substantive, type Classification } from './text.js';
import { isNumber, lacking, partsOf } from './wording.js';

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
 * same when folded; else where only the writing differs; else the most similar, from 75 % of the words on and where
 * neither has a house or room number that the other lacks. One to one; independent of the order given.
 */
export function pairAddresses(removed: readonly Address[], added: readonly Address[]): ElementPairs<Address> {
  return pairElements(removed, added, addressKey, classifyAddress, [
    (one, other) => yes(one.number !== null && one.number === other.number),
    (one, other) => yes(addressId(one) === addressId(other)),
    (one, other) => yes(classifyAddress(one, other).class === 'editorial'),
    (one, other) => (countriesMeet(one, other) ? similarity(one.text, other.text) : 0),
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
    (one, other) => similarity(one.name, other.name),
  ]);
}

function classifyAddress(before: Address, after: Address): Classification {
  const text = classifyText(before.text, after.text);
  if (text.class === 'substantive') return text;
  const countries = [before.country, after.country].map((country) => countryCode(country) ?? country);
  if (countries[0] !== countries[1] && countries[0] !== null && countries[1] !== null) {
    return substantive(`country ${before.country} became ${after.country}`);
  }
  const details = classifyJson(before.details as Json, after.details as Json);
  if (details.class === 'substantive') return substantive(`details: ${details.reason}`);
  return before.text === after.text ? editorial('the same text, parted or numbered otherwise') : text;
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

/**
 * The share of the words that both have (Dice), words such as `st` and `bldg` counting for a third, typing errors
 * forgiven; 0 where each has a house or room number that the other lacks.
 */
function similarity(one: string, other: string): number {
  const words = [partsOf(one).flat(), partsOf(other).flat()] as [string[], string[]];
  const went = lacking(words[0], words[1]);
  const came = lacking(words[1], words[0]);
  if (went.some(isNumber) && came.some(isNumber)) return 0;
  const mistyped = went.filter((word) => came.some((like) => isTypingError(word, like)));
  const total = weight(words[0]) + weight(words[1]);
  return total === 0 ? 0 : (2 * (weight(words[0]) - weight(went) + weight(mistyped))) / total;
}

function weight(words: string[]): number {
  return words.reduce((sum, word) => sum + (isKindOfPlace(word) ? 1 / 3 : 1), 0);
}
