/** Whether two words differ by one letter put in, left out or replaced, or by two neighbours exchanged. */
export function oneEditApart(one: string, other: string): boolean {
  if (one === other || Math.abs(one.length - other.length) > 1) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

/**
 * Whether two words may be two writings of one: one edit in a word of six letters or more, without digits. Enough to
 * take two elements of a listing for one; not enough to say that nothing changed (`typing-error.ts`).
 */
export function mayBeOneWord(one: string, other: string): boolean {
  return Math.max(one.length, other.length) >= 6 && !/\d/.test(one + other) && oneEditApart(one, other);
}
