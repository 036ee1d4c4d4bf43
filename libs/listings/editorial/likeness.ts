import { isKindOfPlace } from '../address-words.js';
import { foldText } from '../fold-text.js';
import { damageBetween } from './damage.js';
import { mayBeOneWord } from './one-edit.js';
import { isNumber, lacking, partsOf, withoutRepeats, withoutSmallWords } from './wording.js';

/**
 * How likely two texts of one listing are two writings of one address or name, from 0 to 1: the share of the words that
 * both have (Dice), words such as `st` and `bldg` counting for a third, typing errors forgiven; 0 where each has a house
 * or room number that the other lacks; 1 where they say the same words or letters whatever their order.
 *
 * This asks whether an element stayed, and is generous. Whether its change is one of fact is asked elsewhere, strictly.
 */
export function likeness(one: string, other: string): number {
  const words = [partsOf(one).flat(), partsOf(other).flat()] as [string[], string[]];
  const went = lacking(words[0], words[1]);
  const came = lacking(words[1], words[0]);
  if (went.some(isNumber) && came.some(isNumber)) return 0;
  if (sameLetters(one, other) || sameWordsOnce(one, other)) return 1;
  const mistyped = went.filter((word) => came.some((like) => mayBeOneWord(word, like)));
  const total = weight(words[0]) + weight(words[1]);
  return total === 0 ? 0 : (2 * (weight(words[0]) - weight(went) + weight(mistyped))) / total;
}

function weight(words: string[]): number {
  return words.reduce((sum, word) => sum + (isKindOfPlace(word) ? 1 / 3 : 1), 0);
}

function sameLetters(one: string, other: string): boolean {
  const letters = (text: string) => foldText(text).replace(/(?<=\p{L}) (?=\p{L})/gu, '');
  return (letters(one) !== '' && letters(one) === letters(other)) || damageBetween(one.toLowerCase(), other.toLowerCase()) !== null;
}

/** Whether the words are the same, small ones and parts said twice put aside, whatever their order. */
function sameWordsOnce(one: string, other: string): boolean {
  const [before, after] = [one, other].map((text) => withoutRepeats(partsOf(text).map(withoutSmallWords)).flat()) as [string[], string[]];
  if (before.length === 0 || before.length !== after.length) return false;
  const came = lacking(after, before);
  return lacking(before, after).every((word) => {
    const at = came.findIndex((like) => mayBeOneWord(word, like));
    return came.splice(at, at < 0 ? 0 : 1).length === 1;
  });
}
