import type { Address, Alias, Identifier, Json, ListingState, PartyType, Row } from '@listory/listings';
import { possibleDate } from '../calendar.js';
import type { UnElement } from './read.js';

const NAME_PARTS = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'];

/** The quality of an alias says how strong it is, or what kind. */
const QUALITIES: Record<string, Partial<Pick<Alias, 'kind' | 'quality'>>> = {
  Good: { quality: 'strong' },
  Low: { quality: 'weak' },
  'a.k.a.': { kind: 'a.k.a.' },
  'f.k.a.': { kind: 'f.k.a.' },
};

/**
 * One entry of the UN's list. Blanks are trimmed and collapsed, and empty elements and the order of repeated ones mean
 * nothing: whatever repeats is sorted.
 */
export function mapUnEntry(type: PartyType, entry: UnElement): Row {
  const all = (name: string) => entry.children.filter((child) => child.name === name);
  const one = (name: string) => all(name).find((child) => child.text !== '')?.text ?? null;
  const ending = (end: string) => entry.children.filter((child) => child.name.endsWith(end) && !isEmpty(child));
  const names = NAME_PARTS.map(one).filter((part) => part !== null);
  const listedOn = one('LISTED_ON');
  const declaredFrom = possibleDate(listedOn?.slice(0, 10));
  const programs = all('UN_LIST_TYPE').map((child) => child.text);
  const addresses = ending('_ADDRESS').map(addressOf);
  const state: ListingState = {
    heading: null,
    type,
    name: names.join(' '),
    aliases: sorted(ending('_ALIAS').map(aliasOf).filter((alias) => alias !== null)),
    addresses: sorted(addresses.filter((address) => address !== null)),
    programs: programs.filter((program) => program !== '').toSorted(),
    identifiers: sorted(all('INDIVIDUAL_DOCUMENT').map(identifierOf).filter((identifier) => identifier !== null)),
    licence: null,
    citations: [],
    remarks: one('COMMENTS1'),
    declaredFrom,
    inForceUntil: null,
    details: detailsOf(entry, names.length > 1, listedOn !== declaredFrom),
  };
  return { key: one('REFERENCE_NUMBER'), state };
}

/** Whether an alias, address or document is said by its own field, so that `details` need not repeat it. */
function isWhollySaid(element: UnElement): boolean {
  if (element.name.endsWith('_ALIAS')) return aliasOf(element) !== null;
  if (element.name.endsWith('_ADDRESS')) return addressOf(element) !== null;
  if (element.name !== 'INDIVIDUAL_DOCUMENT') return false;
  const printed = element.children.filter((child) => !isEmpty(child)).map((child) => child.name);
  const shown = ['TYPE_OF_DOCUMENT', 'NUMBER', 'ISSUING_COUNTRY'];
  return identifierOf(element) !== null && printed.every((name) => shown.includes(name));
}

/** Everything that has no field of its own, under the UN's names; what may repeat is a list. */
function detailsOf(entry: UnElement, keepNames: boolean, keepListedOn: boolean): Record<string, Json> {
  const skipped = new Set(['REFERENCE_NUMBER', 'COMMENTS1', 'UN_LIST_TYPE']);
  if (!keepNames) for (const name of NAME_PARTS) skipped.add(name);
  if (!keepListedOn) skipped.add('LISTED_ON');
  const values = new Map<string, Json[]>();
  const lists = new Set<string>();
  for (const child of entry.children) {
    if (skipped.has(child.name) || isEmpty(child) || isWhollySaid(child)) continue;
    const value = jsonOf(child);
    if (child.children.length > 0 || values.has(child.name)) lists.add(child.name);
    values.set(child.name, [...(values.get(child.name) ?? []), ...(Array.isArray(value) ? value : [value])]);
  }
  const single = (name: string, json: Json[]) => (lists.has(name) ? sorted(json) : (json[0] ?? null));
  return inNameOrder(Object.fromEntries([...values].map(([name, json]) => [name, single(name, json)])));
}

/** An element as JSON: its text; a list, where it holds `VALUE`s only; else an object. Empty elements are left out. */
function jsonOf(element: UnElement): Json {
  const children = element.children.filter((child) => !isEmpty(child));
  if (children.length === 0) return element.text;
  if (children.every((child) => child.name === 'VALUE')) return sorted(children.map(jsonOf));
  const object: Record<string, Json> = {};
  for (const name of new Set(children.map((child) => child.name))) {
    const same = sorted(children.filter((child) => child.name === name).map(jsonOf));
    object[name] = same.length === 1 ? (same[0] ?? null) : same;
  }
  if (element.text !== '') object['text'] = element.text;
  return inNameOrder(object);
}

function isEmpty(element: UnElement): boolean {
  return element.text === '' && element.children.every(isEmpty);
}

function aliasOf(element: UnElement): Alias | null {
  const { ALIAS_NAME: name, QUALITY: quality, ...details } = fieldsOf(element);
  if (typeof name !== 'string') return null;
  const known = typeof quality === 'string' ? QUALITIES[quality] : {};
  if (known === undefined) details['QUALITY'] = quality ?? null;
  return { name, kind: 'a.k.a.', quality: null, ...known, number: null, details };
}

/** An address, or null where there is only a note (`Believed to be in Pakistan`): that is a detail of the listing. */
function addressOf(element: UnElement): Address | null {
  const { STREET, CITY, STATE_PROVINCE, ZIP_CODE, COUNTRY, ...details } = fieldsOf(element);
  const [street, city, region, postalCode, country] = [STREET, CITY, STATE_PROVINCE, ZIP_CODE, COUNTRY].map((part) =>
    typeof part === 'string' ? part : null,
  ) as [string | null, string | null, string | null, string | null, string | null];
  const text = [street, city, region, postalCode, country].filter((part) => part !== null).join(', ');
  return text === '' ? null : { text, street, city, region, postalCode, country, number: null, details };
}

function identifierOf(element: UnElement): Identifier | null {
  const fields = fieldsOf(element);
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
  const value = text('NUMBER');
  if (value === null) return null;
  return { type: text('TYPE_OF_DOCUMENT') ?? 'document', value, country: text('ISSUING_COUNTRY') ?? text('COUNTRY_OF_ISSUE') };
}

function fieldsOf(element: UnElement): Record<string, Json> {
  const json = jsonOf(element);
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
}

function inNameOrder(object: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function sorted<Value>(values: Value[]): Value[] {
  if (values.length < 2) return values;
  const texts = new Map(values.map((value) => [value, JSON.stringify(value)]));
  return values.toSorted((one, other) => ((texts.get(one) ?? '') < (texts.get(other) ?? '') ? -1 : 1));
}
