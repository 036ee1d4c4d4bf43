import { countryCode } from '../countries.js';
import { foldText } from '../fold-text.js';
import { plainWords } from './abbreviations.js';
import { addressParts, areMoved, withoutEmptyWords, withoutRepeats, type Part } from './address-parts.js';
import { editorial, substantive, type Classification } from './classification.js';
import { blankOrSame } from './text.js';
import { bySpelling, sameWords, whatChanged } from './what-changed.js';
import { byWriting } from './writing.js';

/**
 * Whether a change of the text of an address is only one of writing. To what is editorial in any text (`classifyText`)
 * come: the abbreviations of addresses (`Rd.`, `11/F`, `ul.`), `City` and `Province` after a name, a country under
 * another of its names, a part said twice, the same parts in another order, and blanks inside words (`Sha Tsui`).
 * @param countries codes of the countries that the publisher names for the address
 */
export function classifyAddressText(before: string, after: string, countries: readonly string[] = []): Classification {
  return blankOrSame(before, after) ?? byWriting(before, after, true) ?? otherPlace(before, after) ?? byParts(before, after, countries);
}

function byParts(before: string, after: string, countries: readonly string[]): Classification {
  const read = (text: string) => addressParts(text, countries);
  const flat = (parts: readonly Part[]) => parts.flat();
  const words = [flat(read(before)), flat(read(after))] as const;
  if (words[0].length === 0 || words[1].length === 0) return substantive('another text');
  if (sameWords(...words)) return editorial('abbreviation');
  const parts = [read(withoutEmptyWords(before)), read(withoutEmptyWords(after))] as const;
  if (sameWords(flat(parts[0]), flat(parts[1]))) return editorial('words without meaning');
  const once = [withoutRepeats(parts[0]), withoutRepeats(parts[1])] as const;
  const said = [flat(once[0]), flat(once[1])] as const;
  if (sameWords(...said)) return editorial('a part said twice');
  if (areMoved(...once)) return editorial('order of the parts');
  return bySpelling(plainWords(before), plainWords(after)) ?? bySpelling(...said) ?? whatChanged(...said);
}

/** Words that have one short form in common and name two things: a city and a province of one name, a saint and a street. */
function otherPlace(before: string, after: string): Classification | null {
  const [one, other] = [foldText(before).split(' '), foldText(after).split(' ')];
  const [kinds, otherKinds] = [kindsOfPlace(one), kindsOfPlace(other)];
  for (const [name, kind] of kinds) {
    const became = otherKinds.get(name);
    if (became !== undefined && became !== kind) return substantive(`${name} ${kind} became ${name} ${became}`);
  }
  // `Mexico City` is no other writing of `Mexico`.
  for (const name of new Set([...kinds.keys(), ...otherKinds.keys()])) {
    if (kinds.get(name) !== otherKinds.get(name) && name.length > 2 && countryCode(name) !== null) {
      return substantive(`${name} and ${name} ${kinds.get(name) ?? otherKinds.get(name)} are two places`);
    }
  }
  const saints = count(one, /^saint$/) - count(other, /^saint$/);
  const streets = count(one, /^(?:street|str|ul|ulitsa|ulica)$/) - count(other, /^(?:street|str|ul|ulitsa|ulica)$/);
  return saints * streets < 0 ? substantive('a saint is no street') : null;
}

/** What a name is called in a text that calls it only that: `jilin` a city. */
function kindsOfPlace(words: string[]): Map<string, string> {
  const kinds = new Map<string, string>();
  words.forEach((word, at) => {
    const kind = word === 'prov' ? 'province' : word;
    const name = words[at - 1];
    if (name === undefined || (kind !== 'city' && kind !== 'province')) return;
    kinds.set(name, kinds.has(name) && kinds.get(name) !== kind ? 'city and province' : kind);
  });
  return kinds;
}

function count(words: string[], of: RegExp): number {
  return words.filter((word) => of.test(word)).length;
}
