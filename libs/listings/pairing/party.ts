import { shortenAddressWords } from '../address-words.js';
import { countryCode } from '../countries.js';
import { foldText } from '../fold-text.js';
import { foldAddress, foldName } from '../folding.js';
import type { Citation, ListingState } from '../listing.js';
import { partsOf } from '../editorial/wording.js';

/** One address as evidence: its folded text and country, its words, and whether it says more than a country. */
export interface Place {
  key: string;
  words: string[];
  specific: boolean;
}

/** A name in the forms in which it is compared. */
export interface Name {
  folded: string;
  words: string[];
}

/** What of a listing speaks for or against its being another one. */
export interface Party {
  state: ListingState;
  name: Name;
  aliases: Name[];
  /** Numbers in the name, ordinals and `First` … `Tenth` as digits. */
  numbers: string[];
  bareAddress: boolean;
  places: Place[];
  /** Keys of the places, sorted. */
  placeKeys: string[];
  placeWords: Set<string>;
  /** ISO codes, sorted. */
  countries: string[];
  /** `84:21233`, or the folded text of a citation without a page; sorted. */
  citations: string[];
  /** Name, citations, addresses and start as printed: orders parties by what they say. */
  print: string;
}

/** Reads a listing's state as evidence. */
export function partyOf(state: ListingState): Party {
  const name = nameOf(state.name);
  const places = state.addresses.map(({ text, country }): Place => {
    const folded = foldAddress(text, country);
    const code = countryCode(country) ?? '';
    return { key: `${folded}|${code}`, words: folded.split(' '), specific: folded !== '' && countryCode(text) === null };
  });
  const printed = [state.name, state.citations.map((one) => one.text), state.addresses.map((one) => one.text).sort(), state.declaredFrom];
  return {
    state,
    name,
    aliases: state.aliases.map((alias) => nameOf(alias.name)).filter((alias) => alias.folded !== name.folded),
    numbers: shortenAddressWords(foldText(state.name).split(' ')).flatMap((word) => word.match(/\d+/g) ?? []).sort(),
    bareAddress: state.type === 'address' || /^address\s*(no\.?\s*)?\d+$/i.test(state.name.trim()),
    places,
    placeKeys: distinct(places.map((place) => place.key)),
    placeWords: new Set(places.flatMap((place) => place.words)),
    countries: distinct(state.addresses.flatMap((address) => countriesOf(address.country, address.text))),
    citations: distinct(state.citations.map(citationKey)),
    print: JSON.stringify(printed),
  };
}

/** The code beside the address; where there is none, the country that its last part names (`…, Central, Hong Kong`). */
function countriesOf(country: string | null, text: string): string[] {
  const code = countryCode(country) ?? countryCode(partsOf(text).at(-1)?.join(' ') ?? null);
  return code === null ? [] : [code];
}

function nameOf(text: string): Name {
  const folded = foldName(text);
  return { folded, words: folded.split(' ').filter((word) => word !== '') };
}

function citationKey({ text, volume, page }: Citation): string {
  return volume !== null && page !== null ? `${volume}:${page}` : foldText(text);
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].sort();
}
