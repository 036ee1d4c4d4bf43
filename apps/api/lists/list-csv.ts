import { Readable } from 'node:stream';

/** A listing as far as its CSV shows it. */
interface Row {
  [member: string]: unknown;
  aliases: { name: string; kind: string }[];
  addresses: { text: string }[];
  identifiers: { type: string; value: string; country: string | null }[];
  licence: { requirement: string | null; policy: string | null; footnotes: string[] } | null;
  citations: { text: string }[];
}

const several = (values: string[]) => values.join('\n');

/** The columns, each with what stands in it; several values of one listing stand on lines of one cell. */
const COLUMNS: Record<string, (row: Row) => unknown> = {
  id: (row) => row.id,
  list: (row) => row.list,
  heading: (row) => row.heading,
  type: (row) => row.type,
  name: (row) => row.name,
  aliases: (row) => several(row.aliases.map((one) => `${one.kind} ${one.name}`)),
  addresses: (row) => several(row.addresses.map((one) => one.text)),
  programs: (row) => several(row.programs as string[]),
  identifiers: (row) => several(row.identifiers.map((one) => [one.type, one.value, one.country].filter(Boolean).join(' '))),
  licence_requirement: (row) => row.licence?.requirement,
  licence_policy: (row) => row.licence?.policy,
  licence_footnotes: (row) => several(row.licence?.footnotes ?? []),
  citations: (row) => several(row.citations.map((one) => one.text)),
  remarks: (row) => row.remarks,
  details: (row) => JSON.stringify(row.details),
  listed_from: (row) => row.listedFrom,
  declared_from: (row) => row.declaredFrom,
  listed_until: (row) => row.listedUntil,
  in_force: (row) => row.inForce,
  basis: (row) => row.basis,
};

/** Lines of JSON text as CSV (RFC 4180, UTF-8, CRLF, a header). */
export function csvOfLines(lines: Readable): Readable {
  const csv = Readable.from(rowsOf(lines));
  csv.once('close', () => lines.destroy());
  return csv;
}

async function* rowsOf(lines: Readable): AsyncGenerator<string> {
  let chunk = `${Object.keys(COLUMNS).join(',')}\r\n`;
  for await (const line of linesOf(lines)) {
    const row = JSON.parse(line) as Row;
    chunk += `${Object.values(COLUMNS).map((cellOf) => cell(cellOf(row))).join(',')}\r\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/** Lines that end at line feeds only: readline would split at U+2028 too, and fails a process that nobody listens to. */
async function* linesOf(text: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const part of text.setEncoding('utf8')) {
    const lines = `${rest}${String(part)}`.split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
