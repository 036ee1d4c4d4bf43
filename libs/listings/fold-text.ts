/** Letters that Unicode does not take apart (NFKD), and the Greek final sigma. */
const LETTERS: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ŧ: 't', ŋ: 'n', ı: 'i', ς: 'σ',
};

/**
 * What is left of a text when case, diacritics, punctuation and the width of blanks are put aside: words in
 * lower case with one blank between them. Digits are never joined and never dropped.
 *
 * An apostrophe inside a word is dropped (`Xi’an` → `xian`), and so is `?` there, which in the CSL of 2022
 * stands for a character that was lost (`Bin?An` for `Bin’An`); every other punctuation mark becomes a blank.
 * `ÿ` at the edge of a word is a blank that a wrong code page has damaged.
 */
export function foldText(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return foldAscii(text.toLowerCase());
  return foldUnicode(text)
    .replace(/(?<=\p{L})['?](?=\p{L})/gu, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** The same for plain ASCII, in a quarter of the time. */
function foldAscii(text: string): string {
  return text
    .replace(/(?<=[a-z])['`?](?=[a-z])/g, '')
    .replaceAll('&', ' and ')
    .replace(/[^a-z\d]+/g, ' ')
    .trim();
}

function foldUnicode(text: string): string {
  return text
    .replace(/(?<!\p{L})ÿ|ÿ(?!\p{L})/gu, ' ')
    .replace(/[’‘ʼʻ´′ʹʺ\u{fffd}`]/gu, "'")
    .replace(/\p{No}/gu, ' $& ')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłħŧŋıς]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}

/** Joins runs of single letters: `s a l` → `sal`, so that `S.A.L.`, `S. A. L.` and `SAL` are the same word. */
export function joinInitials(words: string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const word of words) {
    const initial = word.length === 1 && word >= 'a' && word <= 'z';
    if (initial && open) joined[joined.length - 1] += word;
    else joined.push(word);
    open = initial;
  }
  return joined;
}
