import type { Address, Alias, Json, PartyType, Row } from '@listory/listings';
import type { OfacRow } from './read.js';

const TYPES: Record<string, PartyType> = { individual: 'individual', vessel: 'vessel', aircraft: 'aircraft' };

const ALIAS_KINDS: Record<string, Alias['kind']> = { aka: 'a.k.a.', fka: 'f.k.a.', nka: 'n.k.a.' };

/** Columns of the file of entries that have no field of their own, as OFAC's `dat_spec.txt` names them. */
const DETAILS: [string, number][] = [
  ['title', 3],
  ['call_sign', 4],
  ['vessel_type', 5],
  ['tonnage', 6],
  ['grt', 7],
  ['vessel_flag', 8],
  ['vessel_owner', 9],
];

/** One entry with its aliases and addresses. */
export function mapEntry(entry: OfacRow, aliases: Alias[], addresses: Address[]): Row {
  const { values } = entry;
  const printedType = values[1] ?? null;
  const details: Record<string, Json> = {};
  for (const [name, column] of DETAILS) if (values[column]) details[name] = values[column];
  const type = printedType === null ? 'entity' : (TYPES[printedType.toLowerCase()] ?? 'unknown');
  if (type === 'unknown') details['type'] = printedType;
  return {
    key: entry.uid,
    state: {
      heading: null,
      type,
      name: values[0] ?? '',
      aliases,
      addresses,
      programs: programsOf(values[2] ?? null),
      identifiers: [],
      licence: null,
      citations: [],
      remarks: values[10] ?? null,
      declaredFrom: null,
      inForceUntil: null,
      details,
    },
  };
}

/** Programs stand in brackets of which the outer two are missing: `NPWMD] [IFSR`. */
function programsOf(printed: string | null): string[] {
  if (printed === null) return [];
  return printed.split(/\]\s*\[/).map((program) => program.replace(/^\[|\]$/g, '').trim()).filter((program) => program !== '');
}

/** One row of the file of aliases. */
export function mapAlias({ number, values }: OfacRow): Alias {
  const [type, name, remarks] = values;
  const kind = ALIAS_KINDS[(type ?? 'aka').toLowerCase()];
  const details: Record<string, Json> = {};
  if (kind === undefined && type) details['type'] = type;
  if (remarks) details['remarks'] = remarks;
  return { name: name ?? '', kind: kind ?? 'a.k.a.', quality: null, number, details };
}

/**
 * One row of the file of addresses. OFAC prints city, region and postal code in one value.
 * A row may print nothing but its number, for a party without a known address: its text is then empty.
 */
export function mapAddress({ number, values }: OfacRow): Address {
  const [street = null, place = null, country = null, remarks] = values;
  return {
    text: [street, place, country].filter((part) => part !== null).join(', '),
    street,
    ...placeParts(place),
    country,
    number,
    details: remarks ? { remarks } : {},
  };
}

/** `Richardson, TX 75083`, `London EC3N 1DY`, `Tijuana, Baja California`, `Moscow`: else all of it is the city. */
function placeParts(place: string | null): Pick<Address, 'city' | 'region' | 'postalCode'> {
  const [, named = place, postalCode = null] =
    /^(.*?\p{L}.*?),? ((?:CP |C\.P\. |[A-Z]{1,3}-?)?\d[\d-]*\d|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$/u.exec(place ?? '') ?? [];
  const [, city = named, region = null] = /^([^,]+), ([^,]+)$/.exec(named ?? '') ?? [];
  return { city, region, postalCode };
}
