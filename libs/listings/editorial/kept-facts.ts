import { foldText } from '../fold-text.js';

/** Signs that carry a fact, and what between two digits is no mere separator: a dash, a stroke, a full stop, a colon. */
const FACTS = /([%‰$€£¥<>=±]|(?<=\p{N})\s*[-‐-―−/.:]\s*(?=\p{N}))/u;

/**
 * A text folded (`foldText`) without losing what punctuation says of numbers: `3-5` is not `3, 5`, `18/1` not `18-1`,
 * `1.5` not `1,5`, `$500` not `€500`. Such a mark stays in its word, such a sign is a word of its own.
 */
export function foldKeepingFacts(text: string): string {
  return text
    .split(FACTS)
    .map((piece, at) => (at % 2 === 0 ? foldText(piece) : keptMark(piece.trim())))
    .join('')
    .trim()
    .replace(/ {2,}/g, ' ');
}

function keptMark(mark: string): string {
  if (/[-‐-―−]/.test(mark)) return '-';
  return /[/.:]/.test(mark) ? mark : ` ${mark} `;
}
