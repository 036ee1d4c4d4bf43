import { CsvError, parse } from 'csv-parse/sync';
import type { SourceDocument } from './documents.js';
import { RefusedEditionError } from './errors.js';
import { otherKindOf, plainTextOf } from './plain-text.js';

/** The longest rows ever seen have some 6,000 characters; a quote that is never closed swallows megabytes. */
const LONGEST_ROW = 256 * 1024;

const CUT = 'Fetch it from the publisher again: the download was probably cut short.';

/**
 * The rows of a comma-separated file, every value as printed. CRLF and LF, a byte order mark, blank lines and the
 * 0x1A with which OFAC ends its files mean nothing.
 * @param width how many values each row must have
 * @param looksLikeARow how a line of such a file begins: found inside a value, it shows that a stray quote swallowed it
 * @throws RefusedEditionError
 */
export function rowsOf(source: string, document: SourceDocument, width: number | null, looksLikeARow: RegExp): string[][] {
  const text = plainTextOf(source, document);
  const other = otherKindOf(text);
  if (other !== null) {
    throw new RefusedEditionError(source, document.name, null, `This is ${other}, not comma-separated rows.`);
  }
  const rows = split(source, document.name, withoutEndMark(text));
  checkRows(source, document.name, rows, width ?? rows[0]?.length ?? 0, looksLikeARow);
  return rows;
}

function split(source: string, name: string, text: string): string[][] {
  try {
    return parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
      max_record_size: LONGEST_ROW,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new RefusedEditionError(source, name, `line ${String(error['lines'] ?? '?')}`, quoteProblem(error), CUT);
  }
}

function withoutEndMark(text: string): string {
  let rest = text.trimEnd();
  while (rest.endsWith('\u001a')) rest = rest.slice(0, -1).trimEnd();
  return rest;
}

function quoteProblem(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'The file ends inside a quoted value: it is cut in mid-row, or a stray quote swallowed the rest.';
    case 'CSV_MAX_RECORD_SIZE':
      return `A row of more than ${LONGEST_ROW} characters: a stray quote swallowed other rows.`;
    default:
      return 'A quote stands where none can: a row is damaged.';
  }
}

function checkRows(source: string, name: string, rows: string[][], width: number, looksLikeARow: RegExp): void {
  let line = 1;
  rows.forEach((row, index) => {
    const at = `line ${line}`;
    if (row.length !== width) {
      const last = index === rows.length - 1;
      const problem = `${last ? 'The last row' : 'A row'} has ${row.length} values instead of ${width}${last ? ': the file is cut in mid-row.' : '.'}`;
      throw new RefusedEditionError(source, name, at, problem, CUT);
    }
    for (const value of row) {
      if (!value.includes('\n')) continue;
      const [, ...continued] = value.split('\n');
      if (continued.some((part) => looksLikeARow.test(part))) {
        throw new RefusedEditionError(source, name, at, 'A value holds whole rows of the list: a stray quote swallowed them.');
      }
      line += continued.length;
    }
    line += 1;
  });
}
