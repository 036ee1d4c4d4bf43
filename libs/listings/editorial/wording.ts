import { shortenAddressWords, spellOutSigns } from '../address-words.js';
import { countryCode } from '../countries.js';
import { foldText, joinInitials } from '../fold-text.js';
import { joinLegalForms } from '../legal-forms.js';

/** Words that carry no fact of their own. */
const SMALL_WORDS = new Set(['the', 'of', 'and', 'for', 'see', 'at']);

const LEGAL_WORDS = new Map([
  ['company', 'co'],
  ['limited', 'ltd'],
  ['incorporated', 'inc'],
  ['corporation', 'corp'],
]);

/**
 * The parts of a text between commas and semicolons, each as words in one form: folded, usual abbreviations and
 * legal forms shortened, letters and digits apart (`EAR2` and `EAR 2` are two words), a country by its code.
 */
export function partsOf(text: string): string[][] {
  return text
    .split(/[,;]/)
    .map((part) => {
      const code = countryCode(part);
      return code === null ? wordsOf(part) : [code.toLowerCase()];
    })
    .filter((words) => words.length > 0);
}

/** The words of a text in one form. */
function wordsOf(text: string): string[] {
  const folded = foldText(spellOutSigns(text.toLowerCase())).replace(/(?<=\d)(?!st\b|nd\b|rd\b|th\b)(?=\p{L})|(?<=\p{L})(?=\d)/gu, ' ');
  const words = joinLegalForms(joinInitials(folded.split(' ')).join(' ')).split(' ');
  return shortenAddressWords(words.map((word) => LEGAL_WORDS.get(word) ?? word)).filter((word) => word !== '');
}

/** The words without those that carry no fact. */
export function withoutSmallWords(words: string[]): string[] {
  return words.filter((word) => !SMALL_WORDS.has(word));
}

/** A number that counts things or houses; a postal code may be said twice and moved like a word. */
export function isNumber(word: string): boolean {
  return /\d/.test(word) && !isPostalCode(word);
}

export function isPostalCode(word: string): boolean {
  return /^\d{5,}$/.test(word);
}

/** The parts without those that only repeat what others say: a city said twice, a country by code and by name. */
export function withoutRepeats(parts: string[][]): string[][] {
  const kept = [...parts];
  for (let at = kept.length - 1; at >= 0; at--) {
    const part = kept[at] as string[];
    const others = new Set(kept.filter((_, index) => index !== at).flat());
    if (part.every((word) => !isNumber(word) && others.has(word))) kept.splice(at, 1);
  }
  return kept;
}

/** The elements of the first list that the second lacks, counted. */
export function lacking(words: string[], others: string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of others) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.filter((word) => {
    const left = counts.get(word) ?? 0;
    counts.set(word, left - 1);
    return left <= 0;
  });
}
