import { createHash } from 'node:crypto';
import { shortenAddressWords, spellOutSigns } from './address-words.js';
import { countryCode } from './countries.js';
import { foldText, joinInitials } from './fold-text.js';
import { joinLegalForms, withoutLegalForms } from './legal-forms.js';
import type { Address } from './listing.js';

/**
 * The form in which two names are compared: case, accents, punctuation and legal forms put aside.
 * `Exodus Microelectronics Co., Ltd.` and `EXODUS MICROELECTRONICS COMPANY LIMITED` give the same.
 * The order of words counts. Never throws; the same on every machine, whatever its locale.
 */
export function foldName(text: string): string {
  const words = joinInitials(foldText(text).split(' ')).join(' ');
  return withoutLegalForms(joinLegalForms(words).trim().split(/ +/)).join(' ');
}

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
  for (const part of text.split(/[,;]/)) {
    if (code !== null && countryCode(part) === code) continue;
    const words = shortenAddressWords(joinInitials(foldText(spellOutSigns(part.toLowerCase())).split(' ')));
    const folded = words.join(' ');
    if (folded === '' || seen.has(folded) || repeatsTheEnd(out, words)) continue;
    if (sayNothingNew(words)) seen.add(folded);
    out.push(...words);
  }
  return out.join(' ');
}

/** `…, Ryazan 390023, 390023`: the part only says again how the one before ends. */
function repeatsTheEnd(out: string[], words: string[]): boolean {
  return sayNothingNew(words) && words.length <= out.length && words.every((word, at) => out[out.length - words.length + at] === word);
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
  return `addr-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}
