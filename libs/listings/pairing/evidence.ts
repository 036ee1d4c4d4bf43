import { isNumber, lacking } from '../editorial/wording.js';
import type { Name, Party } from './party.js';
import { overlapOf, type WordCounts } from './words.js';

/** How frequent words are in the names and in the addresses at hand, and how many entries have each folded name. */
export interface Frequencies {
  names: WordCounts;
  places: WordCounts;
  listingsOfName: Map<string, number>;
  rowsOfName: Map<string, number>;
}

/** How near two entries are, from 0 to 1, and why in words. */
export interface Score {
  score: number;
  reason: string;
}

/** How much each kind of evidence counts; what neither says counts for nothing, and the others for more. */
const WEIGHTS = { name: 0.55, places: 0.2, citations: 0.15, start: 0.1 };
/** The least score of the same name where no other entry has it and no country contradicts. */
const SAME_NAME = 0.75;
/** Factor for a start more than a year later that keeps none of the old citations: listed anew, beside the old entry. */
const LISTED_ANEW = 0.85;
/** Factor for entries that share no country, although both name one. */
const OTHER_COUNTRY = 0.8;
/** Factor for names each of which has a word that counts and that the other lacks: `Envoltek` and `Tonghui`. */
const OTHER_WORDS = 0.6;
/** From this weight on a word counts as one that tells names apart. */
const TELLING = 0.4;
/** … and so do words that make up this share of each name, however common they are: `Kazan Optical` and `Kazan Shipping`. */
const OTHER_SHARE = 0.25;
/** Names less alike than this are two names, whatever else agrees: everybody at one address shares the rest. */
const LEAST_NAME = 0.6;
/** Factor for a name that is or was an alias. */
const ALIAS = 0.99;
/** Pages between the first page of a rule and the page of an entry, both of which are cited. */
const SAME_RULE_PAGES = 12;

/** How much two entries agree, by name or alias, addresses, citations and start date; 0 where the names differ. */
export function scoreOf(before: Party, after: Party, frequencies: Frequencies): Score {
  if (before.bareAddress && after.bareAddress) return scoreOfPlaces(before, after, frequencies.places);
  const name = nameEvidence(before, after, frequencies.names);
  if (name.score < LEAST_NAME) return { score: 0, reason: 'different names' };
  const evidence: [number, number | null, string][] = [
    [WEIGHTS.places, placeEvidence(before, after, frequencies.places), 'addresses'],
    [WEIGHTS.citations, citationEvidence(before, after), 'citations'],
    [WEIGHTS.start, startEvidence(before.state.declaredFrom, after.state.declaredFrom), 'start date'],
  ];
  const known = evidence.filter((one): one is [number, number, string] => one[1] !== null);
  const weight = known.reduce((sum, [part]) => sum + part, 0);
  const rest = known.reduce((sum, [part, agree]) => sum + part * agree, 0);
  const countries = countryEvidence(before, after);
  const against = (countries === 0 ? OTHER_COUNTRY : 1) * (isListedAnew(before, after) ? LISTED_ANEW : 1);
  const plain = ((WEIGHTS.name * name.score + rest) / (WEIGHTS.name + weight)) * against;
  const alone = countries !== 0 && isOnlyOne(before, after, frequencies);
  const score = alone ? Math.max(plain, SAME_NAME + (weight > 0 ? (1 - SAME_NAME) * (rest / weight) : 0)) : plain;
  const agree = known.map(([, share, what]) => `${what} ${percent(share)}`);
  const reason = [name.reason, ...agree, ...(countries === 0 ? ['no country in common'] : [])].join(', ');
  return { score: Math.round(score * 1000) / 1000, reason };
}

function isOnlyOne(before: Party, after: Party, { listingsOfName, rowsOfName }: Frequencies): boolean {
  const name = before.name.folded;
  return name === after.name.folded && listingsOfName.get(name) === 1 && rowsOfName.get(name) === 1;
}

function isListedAnew(before: Party, after: Party): boolean {
  const [then, now] = [before.state.declaredFrom, after.state.declaredFrom];
  return then !== null && now !== null && then < now && startEvidence(then, now) === 0 && citationEvidence(before, after) === 0;
}

/** A bare address is what it says; its number is only the publisher's counting. */
function scoreOfPlaces(before: Party, after: Party, counts: WordCounts): Score {
  const agree = placeEvidence(before, after, counts) ?? 0;
  const sameNumber = before.name.folded === after.name.folded;
  const score = Math.round((0.8 * agree + (sameNumber ? 0.2 : 0)) * 1000) / 1000;
  return { score, reason: `${sameNumber ? 'the same number' : 'another number'}, addresses ${percent(agree)}` };
}

function nameEvidence(before: Party, after: Party, counts: WordCounts): Score {
  const [one, other] = withoutPlaces(before, after);
  const main = Math.max(nameLikeness(before.name, after.name, counts), 0.95 * nameLikeness(one, other, counts));
  let best: Score = { score: main, reason: main === 1 ? 'the same name' : `names alike ${percent(main)}` };
  const tryAlias = (score: number, reason: string) => {
    if (score > best.score) best = { score, reason };
  };
  for (const alias of after.aliases) tryAlias(ALIAS * nameLikeness(before.name, alias, counts), `the name then is like the alias “${alias.folded}” now`);
  for (const alias of before.aliases) tryAlias(ALIAS * nameLikeness(alias, after.name, counts), `the alias “${alias.folded}” then is like the name now`);
  const shared = before.aliases.filter((alias) => alias.words.length > 1 && after.aliases.some((other) => other.folded === alias.folded));
  if (shared.length > 0) {
    const share = shared.length / Math.min(before.aliases.length, after.aliases.length);
    tryAlias(0.7 + 0.2 * Math.min(1, share), `the alias “${shared[0]?.folded}” stays`);
  }
  return best;
}

/** The names without the words that only the one has while the other's addresses say them: `Huawei …, Langfang, Hebei`. */
function withoutPlaces(before: Party, after: Party): [Name, Name] {
  const left = (one: Party, other: Party): Name => {
    const words = one.name.words.filter((word) => other.name.words.includes(word) || !other.placeWords.has(word));
    return { folded: words.join(' '), words };
  };
  return [left(before, after), left(after, before)];
}

/** 1 for the same words in any order or parted otherwise; else between the share of all words and that of the shorter name's. */
function nameLikeness(one: Name, other: Name, counts: WordCounts): number {
  if (one.folded === other.folded) return 1;
  if (one.folded.replaceAll(' ', '') === other.folded.replaceAll(' ', '')) return 1;
  const { common, weights, lackingWeights, heaviestLacking } = overlapOf(one.words, other.words, counts);
  if (common === 0) return 0;
  const likeness = common / (weights[0] + weights[1]) + common / Math.min(...weights) / 2;
  const lack = weights.map((weight, at) => lackingWeights[at]! / weight);
  const otherWords = Math.min(...heaviestLacking) >= TELLING || Math.min(...lack) >= OTHER_SHARE;
  return Math.min(0.99, likeness) * (otherWords ? OTHER_WORDS : 1);
}

/**
 * The share of the places of the entry with fewer that the other has too; null where one has none but countries.
 * Of two entries that were merged into one, the one that gave it more of its places counts a little more.
 */
function placeEvidence(before: Party, after: Party, counts: WordCounts): number | null {
  const [fewer, more] = [before, after].map((party) => party.places.filter((place) => place.specific)).sort((a, b) => a.length - b.length) as [Party['places'], Party['places']];
  if (fewer.length === 0) return null;
  const keys = new Set(more.map((place) => place.key));
  const shares = fewer.map((place) => (keys.has(place.key) ? 1 : Math.max(...more.map((other) => placeLikeness(place.words, other.words, counts)))));
  return (shares.reduce((sum, share) => sum + share, 0) / shares.length) * (0.9 + (0.1 * fewer.length) / more.length);
}

/** Near addresses count by their common words; by half of them where each has a number that the other lacks. */
function placeLikeness(one: string[], other: string[], counts: WordCounts): number {
  const { common, weights } = overlapOf(one, other, counts);
  const share = (2 * common) / (weights[0] + weights[1]);
  if (share < 0.5) return 0;
  const twoNumbers = lacking(one, other).some(isNumber) && lacking(other, one).some(isNumber);
  return Math.min(0.95, share) * (twoNumbers ? 0.5 : 1);
}

/** The share of the old citations that are cited still: a revision appends to them. */
function citationEvidence(before: Party, after: Party): number | null {
  if (before.citations.length === 0 || after.citations.length === 0) return null;
  const shares = before.citations.map((citation) => {
    if (after.citations.includes(citation)) return 1;
    return after.citations.some((other) => sameRule(citation, other)) ? 0.8 : 0;
  });
  return shares.reduce<number>((sum, share) => sum + share, 0) / shares.length;
}

function sameRule(one: string, other: string): boolean {
  const [volume, page] = one.split(':').map(Number);
  const [otherVolume, otherPage] = other.split(':').map(Number);
  return volume === otherVolume && Math.abs((page ?? NaN) - (otherPage ?? NaN)) <= SAME_RULE_PAGES;
}

/** 1 for the same day, ½ within a year, 0 beyond; null where one declares none. */
function startEvidence(before: string | null, after: string | null): number | null {
  if (before === null || after === null) return null;
  if (before === after) return 1;
  const days = Math.abs(Date.parse(before) - Date.parse(after)) / 86_400_000;
  return days <= 366 ? 0.5 : 0;
}

/** 1 where they share a country, 0 where both name countries and share none, null where one names none. */
export function countryEvidence(before: Party, after: Party): number | null {
  if (before.countries.length === 0 || after.countries.length === 0) return null;
  return before.countries.some((country) => after.countries.includes(country)) ? 1 : 0;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
