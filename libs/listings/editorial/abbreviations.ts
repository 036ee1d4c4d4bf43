import { foldKeepingFacts } from './kept-facts.js';

/**
 * Legal forms and what they are short for, on folded text, the longer before the shorter. Only the same form in
 * another length: a closed and an open joint-stock company are two forms, and so are `Ltd` and `Pte Ltd`.
 */
const LEGAL_FORMS: [RegExp, string][] = [
  [/\blimited liability company\b/g, 'llc'],
  [/\blimited liability partnership\b/g, 'llp'],
  [/\bpublic limited company\b/g, 'plc'],
  [/\bopen joint stock company\b/g, 'ojsc'],
  [/\bclosed joint stock company\b/g, 'cjsc'],
  [/\bpublic joint stock company\b/g, 'pjsc'],
  [/\bjoint stock company\b/g, 'jsc'],
  [/\botkryto[ey]e? akts?ionerno[ey]e? obshchestvo\b/g, 'oao'],
  [/\bzakryto[ey]e? akts?ionerno[ey]e? obshchestvo\b/g, 'zao'],
  [/\bpublichno[ey]e? akts?ionerno[ey]e? obshchestvo\b/g, 'pao'],
  [/\bakts?ionerno[ey]e? obshchestvo\b/g, 'ao'],
  [/\bobshchestvo s ogranichenno[iy] otvetstvennostyu\b/g, 'ooo'],
  [/\bfederal state unitary enterprise\b/g, 'fsue'],
  [/\bgesellschaft mit beschrankter haftung\b/g, 'gmbh'],
  [/\bsendirian berhad\b/g, 'sdn bhd'],
  [/\bfree zone establishment\b/g, 'fze'],
  [/\bfree zone company\b/g, 'fzco'],
  [/\bkabushiki kaisha\b/g, 'kk'],
];

/** Words and the one form for all their spellings that stand for the same in any text. */
const WORDS: Record<string, string> = {
  co: 'company', ltd: 'limited', inc: 'incorporated', corp: 'corporation', pvt: 'private', pty: 'proprietary', bros: 'brothers',
  center: 'centre', theater: 'theatre', defense: 'defence', organization: 'organisation', labor: 'labour', harbor: 'harbour',
  aluminum: 'aluminium', program: 'programme', fiber: 'fibre', color: 'colour', license: 'licence',
  uighur: 'uyghur', uygur: 'uyghur', huthi: 'houthi',
  dept: 'department', intl: 'international', tech: 'technology', univ: 'university', inst: 'institute', dev: 'development',
  rd: 'road', ave: 'avenue', blvd: 'boulevard', bldg: 'building', dist: 'district', rm: 'room', apt: 'apartment', st: 'saint',
  first: '1st', second: '2nd', third: '3rd', fourth: '4th', fifth: '5th', sixth: '6th', seventh: '7th', eighth: '8th',
  ninth: '9th', tenth: '10th',
};
const FULL = new Map(Object.entries(WORDS));

/** The words of a name or of running text, usual abbreviations and spelling variants in one form, all in their order. */
export function wordsInFull(text: string): string[] {
  const words = plainWords(text.replace(/\b(?:nos?\.|number|num\.?) *(?=\d)/gi, 'no '));
  return words.map((word) => FULL.get(word) ?? word);
}

/** A letter with a full stop before another single letter: `S. A. L.` is `SAL`, but `Z Y` may be two words. */
const INITIAL = /(?<![\p{L}\p{N}])(\p{L})\.\s*(?=\p{L}(?![\p{L}\p{N}]))/gu;

/** The words of a text, folded, legal forms in one word, initials joined, letters and digits apart. */
export function plainWords(text: string): string[] {
  const folded = foldKeepingFacts(text.replace(INITIAL, '$1')).replace(/(?<=\d)(?!st\b|nd\b|rd\b|th\b)(?=\p{L})|(?<=\p{L})(?=\d)/gu, ' ');
  let words = folded;
  for (const [form, short] of LEGAL_FORMS) words = words.replace(form, short);
  return words.split(' ').filter((word) => word !== '');
}

/** After these, and at the start, an article says nothing; elsewhere `The` may be a name (`Nguyen The Anh`). */
const BEFORE_ARTICLE = new Set(['of', 'in', 'for', 'and', 'to', 'by', 'with', 'from', 'at', 'on', 'under']);

/** The words without articles. */
export function withoutArticles(words: string[]): string[] {
  return words.filter((word, at) => word !== 'the' || !(at === 0 || BEFORE_ARTICLE.has(words[at - 1] as string)));
}
