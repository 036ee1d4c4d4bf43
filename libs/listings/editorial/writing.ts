import { editorial, substantive, type Classification } from './classification.js';
import { damageBetween } from './damage.js';
import { differsByJoints } from './joints.js';
import { foldKeepingFacts } from './kept-facts.js';

/** Writings of a text, each putting aside one thing more than the one before it. */
const PUT_ASIDE: [string, (text: string) => string][] = [
  ['blanks', (text) => text.replace(/[\s\u{a0}\u{200b}\u{feff}]+/gu, ' ').trim()],
  ['case', (text) => text.toLowerCase()],
  ['quotation marks and dashes', (text) => text.replace(/[“”„«»″"]/g, '"').replace(/[’‘‚`´ʼʻ′']/g, "'").replace(/[‐-―−]/g, '-')],
  ['accents', (text) => text.normalize('NFD').replace(/[\u{300}-\u{36f}]/gu, '')],
];

/**
 * Whether two texts have the same words and differ in blanks, case, quotation marks, accents, punctuation, characters
 * lost to a wrong code page, or in how words are joined; null where the words must be looked at.
 * @param anyBlank whether words that were apart may come together (`Sha Tsui`, `ShaTsui`)
 */
export function byWriting(before: string, after: string, anyBlank: boolean): Classification | null {
  let [one, other] = [before, after];
  let damage: ReturnType<typeof damageBetween> = null;
  for (const [name, putAside] of PUT_ASIDE) {
    [one, other] = [putAside(one), putAside(other)];
    if (one === other) return editorial(name);
    if (name !== 'quotation marks and dashes') continue;
    damage = damageBetween(one, other);
    if (damage === 'restored') return editorial('damaged characters');
  }
  const folded = foldKeepingFacts(before);
  if (folded !== '' && folded === foldKeepingFacts(after)) return editorial('punctuation');
  if (differsByJoints(one, other, anyBlank)) return editorial('blanks inside words');
  return damage === 'guessed' ? substantive('what was lost there could have been something else') : null;
}
