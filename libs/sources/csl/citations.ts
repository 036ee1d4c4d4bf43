import type { Citation } from '@listory/listings';
import { isDayOfCalendar } from '../calendar.js';

/** Where a citation begins: `84 FR`, `80 F.R.`, `81.F.R.`, `83F.R.`, `Vol. 86,`, or `F.R. 30823` that lost its volume. */
const BEGINNING =
  /(?:Notice \d+, )?\bVol\. ?\d+|\b\d{1,3}\s*\.?\s*F\.?\s?R\b\.?|(?<![\d.]\s*)\bF\.R\.?(?=\s*\d)|NEW F\.R\. NOTICE/gi;

/**
 * The single citations of the CSL's column `federal_register_notice`. It separates them by semicolons, commas, full
 * stops, blanks or `and`, and uses commas inside them too (`81 FR 61595, 9/7/2016`), so they are cut where the next
 * one begins. Each keeps its text; volume, page and date are read where they are printed.
 */
export function citationsOf(printed: string): Citation[] {
  const starts = [...printed.matchAll(BEGINNING)].map((match) => match.index);
  const cuts = starts[0] === 0 ? starts : [0, ...starts];
  return cuts
    .map((from, index) => withoutSeparators(printed.slice(from, cuts[index + 1])))
    .filter((text) => text !== '')
    .map(citationOf);
}

function withoutSeparators(text: string): string {
  return text
    .replace(/^[\s,;]+/, '')
    .replace(/(?:[\s,;]|\band\b)+$/i, '')
    .replace(/(?<=[\d)])\.$/, '');
}

function citationOf(text: string): Citation {
  const [, volume] = /(?:^|Vol\. ?)(\d{1,3})(?=\s*\.?\s*F\.?\s?R\b|,| )/i.exec(text) ?? [];
  const [, page] = /\bpg\. ?(\d+)/i.exec(text) ?? /F\.?\s?R\.?\s*(\d+)(?![\d/])/i.exec(text) ?? [];
  return {
    text,
    volume: volume === undefined ? null : Number(volume),
    page: page === undefined ? null : Number(page),
    date: dateIn(text),
  };
}

/** A date in American order. The Federal Register begins in 1936, so a year of two digits is never ambiguous. */
function dateIn(text: string): string | null {
  const [, month = '', day = '', printedYear = ''] = /(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/.exec(text) ?? [];
  if (printedYear === '') return null;
  const short = Number(printedYear);
  const year = printedYear.length === 4 ? short : short >= 36 ? 1900 + short : 2000 + short;
  if (!isDayOfCalendar(year, Number(month), Number(day))) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
