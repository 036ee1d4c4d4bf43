import { CsvError, parse } from 'csv-parse/sync';

/** The longest row ever seen has some 6,000 characters; a stray quote swallows megabytes. */
const LONGEST_ROW = 256 * 1024;

/** Where and why a text is no well-formed CSV. */
export interface Malformed {
  line: number;
  problem: string;
}

const PROBLEMS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'The file ends inside a quoted value: it is cut in mid-row, or a stray quote swallowed the rest.',
  CSV_MAX_RECORD_SIZE: 'A row of absurd length: a stray quote swallowed other rows.',
  CSV_INVALID_CLOSING_QUOTE: 'Something stands behind a closing quote: a quote is astray.',
  INVALID_OPENING_QUOTE: 'A quote stands inside a value that is not quoted: a quote is astray.',
};

/**
 * Splits comma-separated values as RFC 4180 has them, strictly, by csv-parse; lines end with CRLF or LF, blank lines
 * are no rows.
 * @returns the rows, or what is wrong
 */
export function splitRows(text: string): string[][] | Malformed {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'], max_record_size: LONGEST_ROW });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line: lineOf(error, text), problem: PROBLEMS[error.code] ?? `${error.message}.` };
  }
}

/** Where the row begins that is at fault: csv-parse itself names the end of the file for a quote that is never closed. */
function lineOf(error: CsvError, text: string): number {
  const { bytes_records: before } = error as unknown as { bytes_records: number };
  return Buffer.from(text).subarray(0, before).toString().split('\n').length;
}
