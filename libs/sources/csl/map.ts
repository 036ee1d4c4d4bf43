import type { Json, ListId, ListingState, PartyType } from '@listory/listings';
import { possibleDate } from '../calendar.js';
import { addressesOf, inOneLine } from './addresses.js';
import { aliasesOf } from './aliases.js';
import { citationsOf } from './citations.js';
import { identifiersOf } from './identifiers.js';
import { licenceOf } from './licence.js';
import type { CslRow } from './read.js';

const TYPES: Record<string, PartyType> = {
  individual: 'individual',
  entity: 'entity',
  vessel: 'vessel',
  aircraft: 'aircraft',
};

/** Columns that have a field of their own; the others are details under their own names. */
const FIELDS = new Set([
  'source',
  'entity_number',
  'type',
  'programs',
  'name',
  'addresses',
  'federal_register_notice',
  'start_date',
  'end_date',
  'license_requirement',
  'license_policy',
  'remarks',
  'alt_names',
  'ids',
]);

/** One row of the Consolidated Screening List. It prints no country headings, so none is given. */
export function mapCslRow(list: ListId, row: CslRow): ListingState {
  const value = (column: string) => row.get(column) ?? null;
  const name = inOneLine(row.get('name') ?? '');
  const type = typeOf(list, name, value('type'));
  const declaredFrom = possibleDate(value('start_date'));
  const inForceUntil = possibleDate(value('end_date'));
  return {
    heading: null,
    type,
    name,
    aliases: aliasesOf(row.get('alt_names') ?? ''),
    addresses: addressesOf(row.get('addresses') ?? ''),
    programs: (row.get('programs') ?? '').split(';').map((program) => program.trim()).filter((program) => program !== ''),
    identifiers: identifiersOf(row.get('ids') ?? ''),
    licence: licenceOf(value('license_requirement'), value('license_policy')),
    citations: citationsOf(row.get('federal_register_notice') ?? ''),
    remarks: value('remarks'),
    declaredFrom,
    inForceUntil,
    details: detailsOf(row, {
      type: type === 'unknown' ? value('type') : null,
      start_date: declaredFrom === null ? value('start_date') : null,
      end_date: inForceUntil === null ? value('end_date') : null,
    }),
  };
}

/** The Entity List prints no types; its bare addresses are named `Address 01` and so on. */
function typeOf(list: ListId, name: string, printed: string | null): PartyType {
  if (list === 'us-bis-el' && /^Address \d+$/.test(name)) return 'address';
  return TYPES[(printed ?? '').toLowerCase()] ?? 'unknown';
}

/** Columns without a field, and what a field could not take as printed. */
function detailsOf(row: CslRow, leftOver: Record<string, string | null>): Record<string, Json> {
  const details: Record<string, Json> = {};
  for (const [column, value] of row) if (!FIELDS.has(column)) details[column] = value;
  for (const [column, value] of Object.entries(leftOver)) if (value !== null) details[column] = value;
  return details;
}
