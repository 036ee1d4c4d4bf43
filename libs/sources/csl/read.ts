import type { SourceDocument } from '../documents.js';
import { RefusedEditionError } from '../errors.js';
import { rowsOf } from '../rows.js';
import { spreadsheetDamage } from '../spreadsheet-damage.js';

/** Columns without which an edition would seem to take something away from every listing. */
const REQUIRED = [
  'source',
  'entity_number',
  'type',
  'programs',
  'name',
  'federal_register_notice',
  'start_date',
  'end_date',
  'license_requirement',
  'license_policy',
  'remarks',
  'ids',
];

/** Columns that an edition may lack: it then does not speak of them. `_id` came in 2020. */
const OPTIONAL = [
  '_id',
  'title',
  'addresses',
  'standard_order',
  'call_sign',
  'vessel_type',
  'gross_tonnage',
  'gross_registered_tonnage',
  'vessel_flag',
  'vessel_owner',
  'source_list_url',
  'alt_names',
  'citizenships',
  'dates_of_birth',
  'nationalities',
  'places_of_birth',
  'source_information_url',
];

const AGENCY = / - (Bureau of Industry and Security|Treasury Department|State Department)["']?,/;

const REFORMATTED_DATE = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/;

/** One row: the trimmed values of the columns that are not blank. */
export type CslRow = Map<string, string>;

export interface CslTable {
  rows: CslRow[];
  /** Known columns that this edition lacks. */
  missing: string[];
}

/**
 * Reads the one document of a Consolidated Screening List, by the names in its header. Rows that are equal in every
 * value are one row.
 * @throws RefusedEditionError
 */
export function readCsl(source: string, documents: SourceDocument[]): CslTable {
  const document = onlyDocument(source, documents);
  const refuse = (where: string | null, problem: string, advice?: string): never => {
    throw new RefusedEditionError(source, document.name, where, problem, advice);
  };
  const [header = [], ...printed] = rowsOf(source, document, null, AGENCY);
  const columns = header.map((name) => name.trim());
  const lacking = REQUIRED.filter((name) => !columns.includes(name));
  if (lacking.length > 0) {
    refuse('line 1', `The header lacks ${lacking.map((name) => `\`${name}\``).join(', ')}.`, 'This is no Consolidated Screening List in CSV.');
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) refuse('line 1', `The header names \`${twice}\` twice.`);
  if (printed.length === 0) refuse(null, 'There is a header, but no row.');
  const rows = withoutRepetition(printed, columns.indexOf('name'));
  return {
    rows: rows.map((values, index) => {
      const row = namedValues(columns, values);
      if (row.get('source') === 'source') refuse(`row ${index + 2}`, 'The header stands among the rows.', 'Two files were joined: load them one by one.');
      if (!row.has('name')) refuse(`row ${index + 2}`, 'The row has no name.');
      const damage = damageOf(row);
      if (damage !== null) refuse(`row ${index + 2}`, damage, 'Fetch it from the publisher again, and do not open it in a spreadsheet.');
      return row;
    }),
    missing: OPTIONAL.filter((name) => !columns.includes(name)),
  };
}

function onlyDocument(source: string, documents: SourceDocument[]): SourceDocument {
  const [document, ...others] = documents;
  if (document === undefined || others.length > 0) {
    const problem = `An edition is one CSV file, and here are ${documents.length}.`;
    throw new RefusedEditionError(source, null, null, problem, 'Load the files one by one.');
  }
  return document;
}

/** What a spreadsheet did to the values that it reformats: every known edition prints dates as `2022-04-07`. */
function damageOf(row: CslRow): string | null {
  for (const column of ['_id', 'entity_number', 'name', 'call_sign']) {
    const damage = spreadsheetDamage(row.get(column) ?? '');
    if (damage !== null) return damage;
  }
  for (const column of ['start_date', 'end_date']) {
    const date = row.get(column);
    if (date !== undefined && REFORMATTED_DATE.test(date)) return `The date \`${date}\` was reformatted by a spreadsheet.`;
  }
  return null;
}

function namedValues(columns: string[], values: string[]): CslRow {
  const row: CslRow = new Map();
  for (let index = 0; index < columns.length; index += 1) {
    const value = values[index]?.trim() ?? '';
    if (value !== '') row.set(columns[index] ?? '', value);
  }
  return row;
}

/** Rows without those that repeat an earlier one in every value. */
function withoutRepetition(rows: string[][], nameColumn: number): string[][] {
  const seen = new Map<string, string[][]>();
  return rows.filter((row) => {
    const name = row[nameColumn] ?? '';
    const namesakes = seen.get(name);
    if (namesakes === undefined) seen.set(name, [row]);
    else if (namesakes.some((other) => other.every((value, index) => value === row[index]))) return false;
    else namesakes.push(row);
    return true;
  });
}
