import { editorial, substantive, type Classification } from './classification.js';
import { isMistyped } from './typing-error.js';
import { lacking } from './wording.js';

/** Whether the same words stand in the same places, some of them mistyped beyond doubt. */
export function bySpelling(before: string[], after: string[]): Classification | null {
  if (before.length !== after.length) return null;
  const typed: string[] = [];
  for (const [at, word] of before.entries()) {
    const other = after[at] as string;
    if (word === other) continue;
    if (!isMistyped(word, other)) return null;
    typed.push(`${word} → ${other}`);
  }
  return editorial(`spelling: ${typed.join(', ')}`);
}

/** What makes the change of these words substantive. */
export function whatChanged(before: string[], after: string[]): Classification {
  const [went, came] = [lacking(before, after), lacking(after, before)];
  const [numbersWent, numbersCame] = [went.filter(hasDigit), came.filter(hasDigit)];
  if (numbersWent.length + numbersCame.length > 0) return substantive(`a number changed: ${listed(numbersWent, numbersCame)}`);
  if (went.length + came.length === 0) {
    const others = (words: string[]) => words.filter((word) => !hasDigit(word));
    return substantive(sameWords(others(before), others(after)) ? 'numbers stand with other words' : 'another order of words');
  }
  if (went.length === 0) return substantive(`a word came: ${shown(came)}`);
  if (came.length === 0) return substantive(`a word went: ${shown(went)}`);
  return substantive(`other words: ${listed(went, came)}`);
}

export function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
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
