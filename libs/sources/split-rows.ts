const QUOTE = 34;
const CARRIAGE_RETURN = 13;

/** The longest value ever seen has some 2,200 characters; a stray quote swallows megabytes. */
const LONGEST_VALUE = 256 * 1024;

/** Where and why a text is no well-formed CSV. */
export interface Malformed {
  line: number;
  problem: string;
}

/**
 * Splits comma-separated values as RFC 4180 has them, strictly; lines end with CRLF or LF, blank lines are no rows.
 * Three to four times as fast as csv-parse on the CSL (55 ms for 9 MB), which serves as oracle in the tests.
 * @returns the rows, or what is wrong
 */
export function splitRows(text: string): string[][] | Malformed {
  const rows: string[][] = [];
  const end = text.length;
  let row: string[] = [];
  let lineEnd = endOfLine(text, 0);
  for (let at = 0; at <= end; ) {
    let value: string;
    let stop: number;
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at);
      if (close < 0) return malformed(text, at, 'The file ends inside a quoted value: it is cut in mid-row, or a stray quote swallowed the rest.');
      if (close - at > LONGEST_VALUE) return malformed(text, at, 'A value of absurd length: a stray quote swallowed other rows.');
      value = text.slice(at + 1, close);
      if (value.includes('"')) value = value.replaceAll('""', '"');
      if (lineEnd < close) lineEnd = endOfLine(text, close);
      stop = close + 1;
      if (stop + 1 === lineEnd && text.charCodeAt(stop) === CARRIAGE_RETURN) stop += 1;
      if (stop < lineEnd && text[stop] !== ',') return malformed(text, at, 'Something stands behind a closing quote: a quote is astray.');
    } else {
      const comma = text.indexOf(',', at);
      stop = comma >= 0 && comma < lineEnd ? comma : lineEnd;
      value = text.slice(at, stop);
      if (value.includes('"')) return malformed(text, at, 'A quote stands inside a value that is not quoted: a quote is astray.');
      if (stop === lineEnd && value.endsWith('\r')) value = value.slice(0, -1);
    }
    row.push(value);
    at = stop + 1;
    if (stop < lineEnd) continue;
    if (row.length > 1 || value !== '') rows.push(row);
    row = [];
    lineEnd = endOfLine(text, at);
  }
  return rows;
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

/** The quote that ends the value which begins with the one at `open`; doubled quotes are part of the value. */
function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
  return close;
}

function malformed(text: string, at: number, problem: string): Malformed {
  return { line: text.slice(0, at).split('\n').length, problem };
}
