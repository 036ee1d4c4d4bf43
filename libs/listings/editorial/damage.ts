/** Longer texts are not compared character by character. */
const LONGEST = 4_000;
/** A lost character stands for at most this many (a dash, a dash and a blank, `ö` later printed as `oe`). */
const STANDS_FOR = 2;

/** What characters that were lost on the way through a wrong code page say of two texts. */
export type Damage =
  /** The rest is the same, and what was lost can have been nothing else. */
  | 'restored'
  /** The rest is the same, but what was lost could have been something else: the end of a name, most of a word. */
  | 'guessed';

/**
 * Whether one text is the other with characters lost: `?`, U+FFFD, `ÿ`, `¢`, `§` or a quotation mark inside a word stands
 * for up to two characters that are no digits. What comes back is certain where it is no letter, a letter that code
 * pages lose (no plain one), or a plain letter between two others (`Cooperatief` for `Co?peratief`), and where at
 * least two letters are left for each that came back.
 * Case, blanks and the kind of quotation marks are put aside by the caller.
 */
export function damageBetween(one: string, other: string): Damage | null {
  if (one.length > LONGEST || other.length > LONGEST) return null;
  const [there, back] = [damageFrom(one, other), damageFrom(other, one)];
  return there === 'restored' || back === 'restored' ? 'restored' : (there ?? back);
}

const LOST = '\u{fffd}';

function damageFrom(damaged: string, whole: string): Damage | null {
  // A section sign before a number is what it says.
  const pattern = damaged.replace(/[?ÿ¢]|§(?! ?\d)|(?<=\p{L})["“”](?=\p{L})/gu, LOST);
  if (!pattern.includes(LOST)) return null;
  const left = pattern.replace(/[^\p{L}\p{N}]/gu, '').length;
  const cameBack = lettersThatCameBack(pattern, whole, isCertain);
  if (cameBack !== null && cameBack * 2 <= left) return 'restored';
  return lettersThatCameBack(pattern, whole, () => true) === null ? null : 'guessed';
}

type Allowed = (text: string, from: number, to: number) => boolean;

/** How few letters stand for `LOST` where the pattern is the whole text; null where it is not. */
function lettersThatCameBack(pattern: string, text: string, allowed: Allowed): number | null {
  let reached = new Map([[0, 0]]);
  for (const letter of pattern) {
    const next = new Map<number, number>();
    const reach = (at: number, letters: number) => next.set(at, Math.min(letters, next.get(at) ?? Infinity));
    for (const [at, letters] of reached) {
      if (letter !== LOST) {
        if (text.startsWith(letter, at)) reach(at + letter.length, letters);
        continue;
      }
      reach(at, letters);
      for (let to = at + 1; to <= at + STANDS_FOR && to <= text.length && !/\p{N}/u.test(text[to - 1] as string); to++) {
        if (allowed(text, at, to)) reach(to, letters + (text.slice(at, to).match(/\p{L}/gu)?.length ?? 0));
      }
    }
    if (next.size === 0) return null;
    reached = next;
  }
  return reached.get(text.length) ?? null;
}

/** Plain letters that are printed for one which a code page loses. */
const FOR_ONE = /^(?:ae|oe|ue|aa|ss|th)$/;

function isCertain(text: string, from: number, to: number): boolean {
  const back = text.slice(from, to);
  if (!/[a-z]/i.test(back)) return true;
  return (back.length === 1 || FOR_ONE.test(back)) && /\p{L}/u.test(text[from - 1] ?? '') && /\p{L}/u.test(text[to] ?? '');
}
