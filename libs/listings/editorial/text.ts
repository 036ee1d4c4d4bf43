import { foldText } from '../fold-text.js';
import { withoutArticles, wordsInFull } from './abbreviations.js';
import { editorial, substantive, type Classification } from './classification.js';
import { wholeCountry } from './whole-country.js';
import { bySpelling, sameWords, whatChanged } from './what-changed.js';
import { byWriting } from './writing.js';

export type { Classification } from './classification.js';

/**
 * Whether a change of a name or of running text is only one of writing. Editorial are blanks, case, quotation marks,
 * accents, punctuation, characters lost to a wrong code page, usual abbreviations, an article, one country under two of
 * its names, and ordinary words mistyped beyond doubt. Substantive is the rest, and whatever is in doubt: every number
 * that changes, every other word that comes, goes or moves, `of` and `for` like any other, and every letter of a word
 * that may be a name. Addresses have their own rule: `classifyAddressText`.
 */
export function classifyText(before: string | null, after: string | null): Classification {
  const early = blankOrSame(before, after);
  if (early) return early;
  const [one, other] = [before as string, after as string];
  const writing = byWriting(one, other, false);
  if (writing?.reason === 'punctuation' && commaMoved(one, other)) return substantive('a comma stands after another word');
  return writing ?? byWords(one, other);
}

/** The class where one of the texts says nothing, or both the same. */
export function blankOrSame(before: string | null, after: string | null): Classification | null {
  if (before === after) return editorial('no change');
  if (!isBlank(before) && !isBlank(after)) return null;
  if (isBlank(before) && isBlank(after)) return editorial('blanks');
  return substantive(isBlank(before) ? 'there was no text' : 'the text went');
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function byWords(before: string, after: string): Classification {
  const country = wholeCountry(before);
  if (country !== null && country === wholeCountry(after)) return editorial('another name of the country');
  const words = [wordsInFull(before), wordsInFull(after)] as const;
  if (words[0].length === 0 || words[1].length === 0) return substantive('another text');
  if (sameWords(...words)) return editorial('abbreviation');
  const plain = [withoutArticles(words[0]), withoutArticles(words[1])] as const;
  if (sameWords(...plain)) return editorial('words without meaning');
  return bySpelling(...plain) ?? whatChanged(...words);
}

/** Whether each text has a comma where the other has none: `KIM, Jong Il` and `KIM JONG, Il` have two surnames. */
function commaMoved(before: string, after: string): boolean {
  const [one, other] = [commasOf(before), commasOf(after)];
  return [...one].some((at) => !other.has(at)) && [...other].some((at) => !one.has(at));
}

/** After how many words the commas and semicolons stand, those at the end aside. */
function commasOf(text: string): Set<number> {
  const pieces = text.split(/[,;]/).map((piece) => foldText(piece)).map((piece) => (piece === '' ? 0 : piece.split(' ').length));
  const commas = new Set<number>();
  let words = 0;
  for (const count of pieces.slice(0, -1)) commas.add((words += count));
  commas.delete(0);
  commas.delete(words + (pieces.at(-1) ?? 0));
  return commas;
}
