/** Longer texts are not compared character by character. */
const LONGEST = 4_000;
/** A lost character stands for at most this many that are no digits (a dash, an accented letter, a dash and a blank). */
const STANDS_FOR = 2;

/**
 * Whether one text is the other with characters lost on the way through a wrong code page: `?` or U+FFFD stands for
 * up to two characters that are no digits, and so do `ÿ`, `¢` and `§` and a quotation mark inside a word.
 * Case, blanks and the kind of quotation marks are put aside by the caller.
 */
export function differsByLostCharacters(one: string, other: string): boolean {
  if (one.length > LONGEST || other.length > LONGEST) return false;
  return (hasLost(one) && matches(lostMarked(one), other)) || (hasLost(other) && matches(lostMarked(other), one));
}

const LOST = '\u{fffd}';

function hasLost(text: string): boolean {
  return /[?\u{fffd}ÿ¢§]|(?<=\p{L})["“”](?=\p{L})/u.test(text);
}

function lostMarked(text: string): string {
  return text.replace(/[?ÿ¢§]|(?<=\p{L})["“”](?=\p{L})/gu, LOST);
}

/** Whether the pattern, in which `LOST` stands for up to two characters, is the whole text. */
function matches(pattern: string, text: string): boolean {
  let reached = new Set([0]);
  for (const letter of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (letter !== LOST) {
        if (text[at] === letter) next.add(at + 1);
        continue;
      }
      next.add(at);
      for (let taken = 1; taken <= STANDS_FOR && /^\D$/.test(text[at + taken - 1] ?? '0'); taken++) next.add(at + taken);
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(text.length);
}
