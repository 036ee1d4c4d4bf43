type Joint = 'mark' | 'blank';

/** The letters and digits of a text in one row, and what stands between some of them. */
interface Row {
  letters: string;
  joints: Map<number, Joint>;
}

const TOKEN = /[\p{L}\p{N}\p{M}%$€£¥<>=]+/gu;
/** What joins two parts of one word: an apostrophe, a hyphen, the full stop of `P.O.`, a character lost there. */
const MARK = /^['"`?.\-\u{fffd}ÿ]+$/u;

/**
 * Whether two texts have the same letters and digits and differ only in how words are joined: `Bin'An`, `BinAn` and
 * `Bin-An`; with `anyBlank` also `Bin An` and `BinAn`. A blank that moves (`Abu Dis`, `Abud Is`) makes other words, and
 * what stands beside a digit stays. Case, accents and kinds of quotation marks are put aside by the caller.
 */
export function differsByJoints(one: string, other: string, anyBlank: boolean): boolean {
  const [left, right] = [rowOf(one), rowOf(other)];
  if (left.letters !== right.letters || left.letters === '') return false;
  let [opened, closed] = [false, false];
  for (const at of [...new Set([...left.joints.keys(), ...right.joints.keys()])].sort((a, b) => a - b)) {
    const [here, there] = [left.joints.get(at), right.joints.get(at)];
    if (here !== undefined && there !== undefined) {
      [opened, closed] = [false, false];
      continue;
    }
    if ((here ?? there) === 'blank' && !anyBlank) return false;
    if (/\p{N}/u.test(left.letters.slice(at - 1, at + 1))) return false;
    if (here === undefined) opened = true;
    else closed = true;
    if (opened && closed) return false;
  }
  return true;
}

function rowOf(text: string): Row {
  const joints = new Map<number, Joint>();
  const spelt = text.replaceAll('&', ' and ');
  let letters = '';
  let end = 0;
  for (const token of spelt.matchAll(TOKEN)) {
    const between = spelt.slice(end, token.index);
    if (letters !== '') {
      const fact = /\p{N}$/u.test(letters) && /^\p{N}/u.test(token[0]) ? /[-/.:]/.exec(between)?.[0] : undefined;
      if (fact !== undefined) letters += fact;
      else joints.set(letters.length, MARK.test(between) ? 'mark' : 'blank');
    }
    letters += token[0];
    end = token.index + token[0].length;
  }
  return { letters, joints };
}
