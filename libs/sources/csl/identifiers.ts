import type { Identifier } from '@listory/listings';

const COUNTRY = /^[A-Z]{2}$/;

/** How the name of a kind of identifier ends, as the CSL prints some 160 of them. */
const KIND =
  /(?:[:#-]|\b(?:No\.?|Number|ID|Card|Passport|Gender|Website|Address|Model|Date|Operator|Type|Flag|Name|Ticker|BIC|ISIN|MMSI|FEIN|SSN|RFC|RTN|RSIN|License|Information|Registration|Identification|Document|C\.R\.|Number \(.*\)|\(.*\)))$|^(?:Digital Currency Address - \w+|(?:[A-Z]\.){2,}[A-Z]?\.?)$/;

/**
 * The CSL's column `ids`. Until 2022 an identifier was printed as `US, 80-0890696, Tax ID No.`, with the kind last and
 * the country, where there is one, first; by 2025 as `Passport, U00242309, TR`. Values may hold commas themselves.
 */
export function identifiersOf(printed: string): Identifier[] {
  return printed
    .split(/;\s+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(identifierOf);
}

function identifierOf(text: string): Identifier {
  const parts = text.split(', ');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return { type: 'ids', value: text, country: null };
  if (parts.length > 2 && COUNTRY.test(first)) {
    return { type: last, value: parts.slice(1, -1).join(', '), country: first };
  }
  if (parts.length > 2 && COUNTRY.test(last)) {
    return { type: first, value: parts.slice(1, -1).join(', '), country: last };
  }
  return kindIsFirst(first, last)
    ? { type: first, value: parts.slice(1).join(', '), country: null }
    : { type: last, value: parts.slice(0, -1).join(', '), country: null };
}

function kindIsFirst(first: string, last: string): boolean {
  if (KIND.test(last)) return false;
  return KIND.test(first) || (/\d/.test(last) && !/\d/.test(first));
}
