import { hash } from 'node:crypto';
import { shortenAddressWords, spellOutSigns } from './address-words.js';
import { countryCode } from './countries.js';
import { foldText, joinInitials } from './fold-text.js';
import { joinLegalForms, withoutLegalForms } from './legal-forms.js';
import type { Address } from './listing.js';
import { remembering } from './remembered.js';

/** Some 10 MB at most; a complete CSL has 30,000 different parts of addresses, and as many names. */
const REMEMBERED = 50_000;

/**
 * The form in which two names are compared: case, accents, punctuation and legal forms put aside.
 * `Exodus Microelectronics Co., Ltd.` and `EXODUS MICROELECTRONICS COMPANY LIMITED` give the same.
 * The order of words counts. Never throws; the same on every machine, whatever its locale.
 */
export function foldName(text: string): string {
  return foldedName(text);
}

const foldedName = remembering(REMEMBERED, (text) => {
  const words = joinInitials(foldText(text).split(' ')).join(' ');
  return withoutLegalForms(joinLegalForms(words).trim().split(/ +/)).join(' ');
});

/**
 * The form in which two addresses are compared: case, accents, punctuation and the usual abbreviations put aside
 * (`Rd.`/`Road`, `No. 5`/`5`, `11/F`/`11th Floor`, `PO Box`/`P.O. Box`), a place that is named twice named once.
 * Every number stays: `Room 1318-19` and `Room 1318-20` differ. Never throws.
 * @param country where given (code or name), a part at the end that only names this country is dropped
 */
export function foldAddress(text: string, country: string | null = null): string {
  const code = countryCode(country);
  const seen = new Set<string>();
  const out: string[] = [];
  for (const printed of text.split(/[,;]/)) {
    const part = partOf(printed);
    if (code !== null && part.country === code) continue;
    if (part.folded === '' || seen.has(part.folded) || repeatsTheEnd(out, part)) continue;
    if (part.saysNothingNew) seen.add(part.folded);
    for (const word of part.words) out.push(word);
  }
  return out.join(' ');
}

/** One part of an address, between two commas. */
interface Part {
  words: readonly string[];
  folded: string;
  /** Whether it may be dropped when it comes again. */
  saysNothingNew: boolean;
  /** The country that it names and nothing else. */
  country: string | null;
}

const partOf = remembering(REMEMBERED, (printed): Part => {
  const words = shortenAddressWords(joinInitials(foldText(spellOutSigns(printed.toLowerCase())).split(' ')));
  return { words, folded: words.join(' '), saysNothingNew: sayNothingNew(words), country: countryCode(printed) };
});

/** `…, Ryazan 390023, 390023`: the part only says again how the one before ends. */
function repeatsTheEnd(out: readonly string[], { words, saysNothingNew }: Part): boolean {
  return saysNothingNew && words.length <= out.length && words.every((word, at) => out[out.length - words.length + at] === word);
}

/** Whether a part may be dropped when it comes again: house numbers may not (`Room 5, 5 Main Street`), postal codes may. */
function sayNothingNew(words: string[]): boolean {
  return words.every((word) => !/\d/.test(word) || /^\d{5,}$/.test(word));
}

/**
 * The id of an address: the same for spellings of the same address, and not the same for two rooms of one building.
 * @returns `addr-` and the first 16 hexadecimal digits of SHA-256 over the folded text and the country
 */
export function addressId(address: Pick<Address, 'text' | 'country'>): string {
  const country = countryCode(address.country) ?? foldText(address.country ?? '');
  const key = `${foldAddress(address.text, address.country)}|${country}`;
  return `addr-${hash('sha256', key, 'hex').slice(0, 16)}`;
}
