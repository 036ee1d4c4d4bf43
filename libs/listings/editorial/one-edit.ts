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

/** Whether one word is the other with a small typing error: one edit in a word of six letters or more, without digits. */
export function isTypingError(one: string, other: string): boolean {
  return Math.max(one.length, other.length) >= 6 && !/\d/.test(one + other) && oneEditApart(one, other);
}
