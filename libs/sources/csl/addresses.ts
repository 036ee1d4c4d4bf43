import type { Address } from '@listory/listings';

const COUNTRY = /^[A-Z]{2}$/;

/** States, provinces and territories where the CSL prints them by two or three letters, before the postal code. */
const WITH_REGION_CODES = new Set(['US', 'CA', 'AU']);

const POSTAL_CODE = /^(?:C\.?P\.? )?(?:[A-Z]{1,3}-?)?\d[\dA-Z]*(?:[- ][\dA-Z]{2,5})?$|^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$|^[A-Z]\d[A-Z] \d[A-Z]\d$/;

const STREET = /\d|\b(?:street|road|rd|st|ave?|avenue|building|bldg|floor|room|suite|box|ul)\b/i;

/** The addresses of one row: joined by `; `, the last one sometimes by `; and `. */
export function addressesOf(printed: string): Address[] {
  return printed
    .split('; ')
    .map((text) => withoutConjunction(inOneLine(text)))
    .filter((text) => text !== '')
    .map(addressOf);
}

function withoutConjunction(text: string): string {
  let address = text.startsWith('and ') ? text.slice(4).trimStart() : text;
  while (address.endsWith(';') || address.endsWith(',')) address = address.slice(0, -1).trimEnd();
  return address;
}

/** Line breaks inside a value, of which the CSL holds a few, are blanks. */
export function inOneLine(text: string): string {
  return text.includes('\n') ? text.replace(/\s*[\r\n]+\s*/g, ' ').trim() : text.trim();
}

/**
 * One address. Its parts are joined by `, `, which addresses hold themselves, so they are told from the right: a
 * country code, a postal code, and a city only where there is no doubt. What is in doubt stays null: the text says it.
 */
function addressOf(text: string): Address {
  const rest = text.split(', ').map((part) => part.trim());
  const country = COUNTRY.test(rest.at(-1) ?? '') ? (rest.pop() ?? null) : null;
  const postalCode = rest.length > 1 && POSTAL_CODE.test(rest.at(-1) ?? '') ? (rest.pop() ?? null) : null;
  return { text, country, postalCode, ...placeOf(rest, country), number: null, details: {} };
}

function placeOf(parts: string[], country: string | null): Pick<Address, 'street' | 'city' | 'region'> {
  const unsure = { street: null, city: null, region: null };
  if (country === null) return unsure;
  const last = parts.at(-1) ?? '';
  if (WITH_REGION_CODES.has(country) && /^[A-Z]{2,3}$/.test(last) && parts.length > 1) {
    return { street: parts.slice(0, -2).join(', ') || null, city: parts.at(-2) ?? null, region: last };
  }
  const before = parts.at(-2);
  const surelyCity = last !== '' && !STREET.test(last) && (before === undefined || STREET.test(before) || before === last);
  if (!surelyCity) return unsure;
  return { street: parts.slice(0, before === last ? -2 : -1).join(', ') || null, city: last, region: null };
}
