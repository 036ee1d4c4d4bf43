import { oneEditApart } from '../editorial/one-edit.js';

/** How often each word occurs: a rare word says more than `technology`. */
export type WordCounts = Map<string, number>;

/** Counts in how many of the texts each word occurs. */
export function countWords(texts: Iterable<string[]>): WordCounts {
  const counts: WordCounts = new Map();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * The weight of a word: 1 for one that occurs once, less and less for frequent ones (a third for one in a thousand),
 * and never much for the usual words of organisations, so that a handful of entries is judged as thousands are.
 */
export function weightOf(word: string, counts: WordCounts): number {
  const byCount = 1 / Math.sqrt(1 + Math.log2(counts.get(word) ?? 1));
  return byCount > USUAL && isOfOrganisations(word) ? USUAL : byCount;
}

/** The weight of a usual word of organisations at the most. */
const USUAL = 0.35;

const ORGANISATION =
  /^(?:academy|administration|agency|airlines?|association|aviation|bank|bureau|cent(?:er|re)|college|committee|complex|corp\w*|council|defen[cs]e|department|design|development|directorate|dynamics|electr\w+|engineering|enterprises?|entit(?:y|ies)|establishment|export|facilit\w+|factory|field|forces?|foundation|general|global|group|holdings?|huawei|import|industr\w+|information|institute|instruments?|international|invest\w*|lab\w*|logistics|machin\w+|manufacturing|micro\w*|military|ministry|motors?|network\w*|office|optic\w*|organi[sz]ation|petro\w*|plant|power|precision|production|products|radio|research|science|scientific|semiconductors?|services?|ship\w*|solutions?|state|suppl\w+|systems?|tech\w*|telecom\w*|trad\w+|transport|university|workshop|works)$/;

/** Whether a word is a usual one in names of organisations; a person's name has none. */
export function isOfOrganisations(word: string): boolean {
  return ORGANISATION.test(word);
}

/** Two words with fewer letters in common than this are two words. */
const ALIKE = 0.7;

/** How alike two different words are: 0, or the share of letters that stay (Levenshtein), from 0.7 on. */
export function alike(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  if (longest < 4 || Math.abs(one.length - other.length) > longest * (1 - ALIKE)) return 0;
  // Two writings of a word have the first or the last letter in common.
  if (one[0] !== other[0] && one.at(-1) !== other.at(-1)) return 0;
  if (/\d/.test(one) || /\d/.test(other)) return 0;
  if (oneEditApart(one, other)) return 1 - 1 / (longest + 1);
  const share = 1 - distance(one, other) / longest;
  return share >= ALIKE ? share : 0;
}

/** Edits between two words (V. I. Levenshtein, 1966), by rows. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}

/** What two word lists have in common, as weights. */
export interface Overlap {
  /** Weight of the words that both have, those that are only alike in part. */
  common: number;
  /** Weight of all words of each. */
  weights: [number, number];
  /** Weight of the words of each that the other lacks. */
  lackingWeights: [number, number];
  /** Weight of the heaviest word of each that the other lacks. */
  heaviestLacking: [number, number];
}

/** Pairs the words of two lists, equal ones first, then the most alike, in the order of the first list. */
export function overlapOf(one: string[], other: string[], counts: WordCounts): Overlap {
  const left = [...other];
  const open: string[] = [];
  let common = 0;
  for (const word of one) {
    const at = left.indexOf(word);
    if (at < 0) open.push(word);
    else {
      common += weightOf(word, counts);
      left.splice(at, 1);
    }
  }
  const lacking: string[] = [];
  for (const word of open) {
    const best = left.map((like, at) => ({ at, share: alike(word, like) })).reduce((a, b) => (b.share > a.share ? b : a), { at: -1, share: 0 });
    if (best.share === 0) lacking.push(word);
    else common += best.share * Math.min(weightOf(word, counts), weightOf(left.splice(best.at, 1)[0] as string, counts));
  }
  const sum = (words: string[]) => words.reduce((total, word) => total + weightOf(word, counts), 0);
  const heaviest = (words: string[]) => words.reduce((most, word) => Math.max(most, weightOf(word, counts)), 0);
  return { common, weights: [sum(one), sum(other)], lackingWeights: [sum(lacking), sum(left)], heaviestLacking: [heaviest(lacking), heaviest(left)] };
}
