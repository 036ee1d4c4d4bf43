import type { SourceDocument } from './documents.js';
import { RefusedEditionError } from './errors.js';
import { otherKindOf, plainTextOf } from './plain-text.js';
import { splitRows } from './split-rows.js';

const CUT = 'Fetch it from the publisher again: the download was probably cut short.';

/**
 * The rows of a comma-separated file, every value as printed. CRLF and LF, a byte order mark, blank lines and the
 * 0x1A with which OFAC ends its files mean nothing.
 * @param width how many values each row must have; null: as many as the first
 * @param looksLikeARow how a line of such a file begins: found inside a value, it shows that a stray quote swallowed it
 * @throws RefusedEditionError
 */
export function rowsOf(source: string, document: SourceDocument, width: number | null, looksLikeARow: RegExp): string[][] {
  const refuse = (where: string | null, problem: string, advice?: string): never => {
    throw new RefusedEditionError(source, document.name, where, problem, advice);
  };
  const text = plainTextOf(source, document);
  const other = otherKindOf(text);
  if (other !== null) refuse(null, `This is ${other}, not comma-separated rows.`);
  const rows = splitRows(withoutEndMark(text));
  if (!Array.isArray(rows)) return refuse(`line ${rows.line}`, rows.problem, CUT);
  if (rows.length === 0) refuse(null, 'The file holds nothing but blanks.');
  const fault = firstFault(rows, width ?? rows[0]?.length ?? 0, looksLikeARow);
  if (fault !== null) refuse(`line ${fault.line}`, fault.problem, CUT);
  return rows;
}

function withoutEndMark(text: string): string {
  let rest = text.trimEnd();
  while (rest.endsWith('\u001a')) rest = rest.slice(0, -1).trimEnd();
  return rest;
}

function firstFault(rows: string[][], width: number, looksLikeARow: RegExp): { line: number; problem: string } | null {
  let line = 1;
  for (const [index, row] of rows.entries()) {
    if (row.length !== width) {
      const last = index === rows.length - 1;
      const counts = `has ${row.length} values instead of ${width}`;
      return { line, problem: last ? `The last row ${counts}: the file is cut in mid-row.` : `A row ${counts}.` };
    }
    for (const value of row) {
      if (!value.includes('\n')) continue;
      const continued = value.split('\n').slice(1);
      if (continued.some((part) => looksLikeARow.test(part))) {
        return { line, problem: 'A value holds whole rows of the list: a stray quote swallowed them.' };
      }
      line += continued.length;
    }
    line += 1;
  }
  return null;
}
