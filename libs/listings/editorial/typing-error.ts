import { oneEditApart } from './one-edit.js';

/**
 * Ordinary words of organisations and addresses of which no other English word is one letter away, first and last
 * letter apart. `shipping` (`shopping`), `district` (`distract`) and `construction` (`constriction`) are not among them.
 */
const ORDINARY = new Set(
  (
    'academy administration administrative aerospace agricultural agriculture aircraft apartment association authority biological ' +
    'biotechnology boulevard broadcasting chemical committee communications component components cooperation ' +
    'corporation council development directorate eastern economic electrical electricity electronic electronics engineering ' +
    'equipment establishment executive exploration factory financial foundation government governorate highway hospital identification ' +
    'industrial industries industry information infrastructure innovation institute institution instrument instruments intelligence ' +
    'international laboratories laboratory logistics machinery management manufacturer manufacturing maritime measurement mechanical ' +
    'metallurgical metallurgy microelectronics ministry municipal municipality navigation networks passport petrochemical petroleum ' +
    'pharmaceutical procurement railway refinery registration research resources science sciences scientific security semiconductor ' +
    'semiconductors shipbuilding strategic supercomputing surveillance technical technological technologies technology ' +
    'telecommunication telecommunications territory textile township transport transportation university village western'
  ).split(' '),
);

/** From this length on any letter too many is one. */
const UNMISTAKABLE = 12;

/**
 * Whether one of two words is an ordinary one and the other is that word mistyped, with nothing else that it could be:
 * a letter left out, doubled or exchanged with its neighbour (`techology`, `villlage`, `reserach`), or put into a word of
 * twelve letters (`identificiation`); first and last letter as they are. A letter replaced makes words of other languages
 * and trade names (`Internacional`, `Digitel`). Names of people and places are never taken for misspelt: `Fuzhou` and
 * `Suzhou`, `Ivanov` and `Ivanova`, `Zhejiang` and `Zhenjiang` are all true.
 */
export function isMistyped(one: string, other: string): boolean {
  if (ORDINARY.has(one) === ORDINARY.has(other)) return false;
  const [word, typed] = ORDINARY.has(one) ? [one, other] : [other, one];
  if (Math.max(word.length, typed.length) < 8 || !/^[a-z]+$/.test(typed)) return false;
  if (word[0] !== typed[0] || word.at(-1) !== typed.at(-1) || !oneEditApart(word, typed)) return false;
  if (typed.length < word.length) return true;
  if (typed.length === word.length) return isExchange(word, typed);
  return word.length >= UNMISTAKABLE || isDoubling(word, typed);
}

function isDoubling(word: string, longer: string): boolean {
  return [...longer].some((letter, at) => letter === longer[at - 1] && longer.slice(0, at) + longer.slice(at + 1) === word);
}

function isExchange(one: string, other: string): boolean {
  return [...one].sort().join('') === [...other].sort().join('');
}
