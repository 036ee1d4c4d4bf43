import { foldText } from '../fold-text.js';
import { differsByLostCharacters } from './damage.js';
import { isTypingError } from './one-edit.js';
import { isNumber, lacking, partsOf, withoutRepeats, withoutSmallWords } from './wording.js';

/** What a change of text is, and why in words. */
export interface Classification {
  class: 'editorial' | 'substantive';
  reason: string;
}

/** Writings of a text, each putting aside one thing more than the one before it. */
const PUT_ASIDE: [string, (text: string) => string][] = [
  ['blanks', (text) => text.replace(/[\s\u{a0}\u{200b}\u{feff}]+/gu, ' ').trim()],
  ['case', (text) => text.toLowerCase()],
  ['quotation marks and dashes', (text) => text.replace(/[“”„«»″"]/g, '"').replace(/[’‘‚`´ʼʻ′']/g, "'").replace(/[‐-―−]/g, '-')],
  ['accents', (text) => text.normalize('NFKD').replace(/[\u{300}-\u{36f}]/gu, '')],
];

/**
 * Whether a change of a text is only one of writing. Editorial are blanks, case, quotation marks, accents, punctuation,
 * characters lost to a wrong code page, usual abbreviations, a place said twice, the same parts in another order,
 * words without meaning (`the`, `of`), and typing errors of one letter in a word of six or more. Substantive is the
 * rest: every number that changes, every other word that comes or goes.
 */
export function classifyText(before: string | null, after: string | null): Classification {
  if (before === after) return editorial('no change');
  if (isBlank(before) || isBlank(after)) {
    if (isBlank(before) && isBlank(after)) return editorial('blanks');
    return substantive(isBlank(before) ? 'there was no text' : 'the text went');
  }
  return byWriting(before as string, after as string) ?? byWords(before as string, after as string);
}

export function editorial(reason: string): Classification {
  return { class: 'editorial', reason };
}

export function substantive(reason: string): Classification {
  return { class: 'substantive', reason };
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function byWriting(before: string, after: string): Classification | null {
  let [one, other] = [before, after];
  for (const [name, putAside] of PUT_ASIDE) {
    [one, other] = [putAside(one), putAside(other)];
    if (one === other) return editorial(name);
    if (name === 'quotation marks and dashes' && differsByLostCharacters(one, other)) return editorial('damaged characters');
  }
  if (foldText(before) === foldText(after)) return foldText(before) === '' ? null : editorial('punctuation');
  if (withoutBlanks(foldText(before)) === withoutBlanks(foldText(after))) return editorial('blanks inside words');
  return null;
}

/** Blanks between two letters taken out; those beside a digit stay. */
function withoutBlanks(folded: string): string {
  return folded.replace(/(?<=\p{L}) (?=\p{L})/gu, '');
}

function byWords(before: string, after: string): Classification {
  const parts = [partsOf(before), partsOf(after)].map((all) => all.map(withoutSmallWords)) as [string[][], string[][]];
  const words = [partsOf(before).flat(), partsOf(after).flat()] as [string[], string[]];
  if (words[0].length === 0 || words[1].length === 0) return substantive('another text');
  if (same(words[0], words[1])) return editorial('abbreviation');
  const small = [parts[0].flat(), parts[1].flat()] as const;
  if (same(small[0], small[1])) return editorial('words without meaning');
  const once = [withoutRepeats(parts[0]), withoutRepeats(parts[1])] as const;
  if (same(once[0].flat(), once[1].flat())) return editorial('a part said twice');
  if (sameInAnyOrder(once[0], once[1])) return editorial('order of the parts');
  return (
    bySpelling(foldText(before).split(' '), foldText(after).split(' ')) ??
    bySpelling(once[0].flat(), once[1].flat()) ??
    whatChanged(once[0].flat(), once[1].flat())
  );
}

function bySpelling(before: string[], after: string[]): Classification | null {
  if (before.length !== after.length) return null;
  const typed: string[] = [];
  for (const [at, word] of before.entries()) {
    const other = after[at] as string;
    if (word === other) continue;
    if (!isTypingError(word, other)) return null;
    typed.push(`${word} → ${other}`);
  }
  return editorial(`spelling: ${typed.join(', ')}`);
}

/** The same parts moved, or the same words moved where at most one number could have changed its place. */
function sameInAnyOrder(before: string[][], after: string[][]): boolean {
  const joined = (parts: string[][]) => parts.map((part) => part.join(' ')).sort();
  if (same(joined(before), joined(after))) return true;
  const words = [before.flat(), after.flat()] as const;
  return words[0].filter(isNumber).length <= 1 && same([...words[0]].sort(), [...words[1]].sort());
}

function whatChanged(before: string[], after: string[]): Classification {
  const [went, came] = [lacking(before, after), lacking(after, before)];
  const [numbersWent, numbersCame] = [went.filter(hasDigit), came.filter(hasDigit)];
  if (numbersWent.length + numbersCame.length > 0) return substantive(`a number changed: ${listed(numbersWent, numbersCame)}`);
  if (went.length + came.length === 0) return substantive('numbers stand with other words');
  if (went.length === 0) return substantive(`a word came: ${shown(came)}`);
  if (came.length === 0) return substantive(`a word went: ${shown(went)}`);
  return substantive(`other words: ${listed(went, came)}`);
}

function listed(went: string[], came: string[]): string {
  return `${shown(went) || '(none)'} → ${shown(came) || '(none)'}`;
}

function shown(words: string[]): string {
  return words.length > 6 ? `${words.slice(0, 6).join(' ')} …` : words.join(' ');
}

function hasDigit(word: string): boolean {
  return /\d/.test(word);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}
