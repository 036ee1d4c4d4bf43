import type { Identifier } from '@listory/listings';

const COUNTRY = /^[A-Z]{2}$/;

/** The last words of kinds of identifiers, of which the CSL prints some 160. */
const KIND_ENDS = new Set(
  (
    'No No. Number ID Card Passport Gender Website Address Model Date Operator Type Flag Name Ticker SWIFT/BIC ISIN MMSI ' +
    'FEIN SSN RFC RTN RSIN License Registration Identification Document Information Origin Call Sign Country Code ' +
    'electoral Identidad Resident C.U.R.P. R.F.C. D.N.I. C.U.I. C.U.I.T. C.U.I.P. I.F.E. N.I.E. C.I.F. C.R. UN/LOCODE VisaNumberID'
  ).split(' '),
);

/**
 * The CSL's column `ids`. Until 2022 an identifier was printed as `US, 80-0890696, Tax ID No.`, with the kind last and
 * the country, where there is one, first; by 2025 as `Passport, U00242309, TR`. Values may hold commas themselves.
 */
export function identifiersOf(printed: string): Identifier[] {
  return printed
    .split('; ')
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
  if (endsAsKind(last)) return false;
  return endsAsKind(first) || (/\d/.test(last) && !/\d/.test(first));
}

function endsAsKind(text: string): boolean {
  return KIND_ENDS.has(text.slice(text.lastIndexOf(' ') + 1)) || /[:#)-]$|^Digital Currency Address - \w+$/.test(text);
}
