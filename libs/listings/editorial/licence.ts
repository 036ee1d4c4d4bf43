import { withoutArticles, wordsInFull } from './abbreviations.js';
import { editorial, type Classification } from './classification.js';
import { classifyText } from './text.js';

/** `746.8(a)(3)`, with blanks as printed: `744.2 (d)`. */
const SECTION = /\d{3}\.\d+\s?(?:\s?\([a-z\d]+\))*/;
/** Sections in a row: `§§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR`, with the number of a footnote between. */
const SECTIONS = new RegExp(
  `(?:\\bsee\\s+)?§*\\s*\\b${SECTION.source}(?:(?:[\\s,;§]|\\band\\b|(?<=\\),?\\s?)[1-5]\\b(?!\\.))*\\b${SECTION.source})*(?:\\s*of (?:the ear|this part)\\b)?`,
  'gi',
);
/** The number of a footnote, printed after a bracket or `EAR`; footnotes are a field of their own. */
const FOOTNOTE = /(?<=\)|\bear)[\s,.)]*(?<![\d.])[1-5](?![\d.(]|\w)/gi;

/**
 * Whether a change of a licence requirement or policy is only one of writing: as in any text, and where it says the same
 * words in the same order about the same sections, with `see`, `§`, `of the EAR` and `of this part` around those left
 * out or not, `For` at the beginning likewise, and `presumption for` instead of `of`. `and` is not `or`, and an
 * exception that moves to other words is another rule.
 */
export function classifyLicenceText(before: string, after: string): Classification {
  const plain = classifyText(before, after);
  if (plain.class === 'editorial') return plain;
  return licenceKey(before) === licenceKey(after) ? editorial('the same sections and words') : plain;
}

function licenceKey(text: string): string {
  const marked = text.replace(FOOTNOTE, ' ').replace(SECTIONS, (row) => {
    const sections = (row.match(new RegExp(`\\b${SECTION.source}`, 'gi')) ?? []).map((one) => one.replace(/\s/g, '').toLowerCase());
    return ` ${[...new Set(sections)].sort().join(' ')} `;
  });
  return withoutArticles(wordsInFull(marked))
    .join(' ')
    .replace(/^for /, '')
    .replace(/\bpresumption for\b/g, 'presumption of')
    .replace(/\bcase by case basis\b/g, 'case by case');
}
