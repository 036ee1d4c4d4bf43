import type { FieldGroup, ListId, ListReading, Reading, Row } from '@listory/listings';
import type { SourceDocument } from '../documents.js';
import { RefusedEditionError } from '../errors.js';
import { mapCslRow } from './map.js';
import { cslMembers, memberOf } from './members.js';
import { type CslRow, readCsl } from './read.js';

/** Columns that some editions print for no row of a list: such an edition does not speak of them. */
const OFTEN_BLANK = ['_id', 'source_list_url', 'source_information_url'];

/**
 * Reads an edition of the Consolidated Screening List into its member lists. A list of which the file holds no row is
 * not spoken of: an excerpt delists nobody.
 * @param members the lists that are wanted; rows of the others are passed over
 * @throws RefusedEditionError
 */
export function readCslEdition(source: string, members: ListId[], documents: SourceDocument[]): Reading {
  const { rows, missing } = readCsl(source, documents);
  const document = documents[0]?.name ?? null;
  const rowsOfList = grouped(rows, (row) => {
    const label = row.get('source') ?? '';
    const list = memberOf(label);
    if (list === null && members.length === cslMembers.length) {
      const problem = `\`${label}\` is none of the lists known to be in it.`;
      throw new RefusedEditionError(source, document, null, problem, 'If the list is new, add it to the members of the CSL.');
    }
    return list;
  });
  if (!members.some((list) => rowsOfList.has(list))) {
    throw new RefusedEditionError(source, document, null, `It holds no row of ${members.join(', ')}.`, 'Load a file that holds the list.');
  }
  const lists = members.flatMap((list) => {
    const ofList = rowsOfList.get(list);
    return ofList === undefined ? [] : [listReading(source, document, list, ofList, missing)];
  });
  return { source, publishedOn: null, lists };
}

function listReading(source: string, document: string | null, list: ListId, rows: CslRow[], missing: string[]): ListReading {
  const sections: Record<string, number> = {};
  for (const row of rows) {
    const label = row.get('source') ?? '';
    sections[label] = (sections[label] ?? 0) + 1;
  }
  const blank = OFTEN_BLANK.filter((column) => !missing.includes(column) && !rows.some((row) => row.has(column)));
  return { list, rows: keyedRows(source, document, list, rows), silentOn: [...missing, ...blank].map(fieldGroup), sections };
}

function fieldGroup(column: string): FieldGroup {
  if (column === 'addresses') return 'addresses';
  return column === 'alt_names' ? 'aliases' : `details.${column}`;
}

/**
 * Rows with the key that the publisher gives: the entity number, where there is one. In 2022 the CAPTA list printed one
 * number twice, with different URLs: the second, by content, is then `…#2`. In the SDN such a thing is a fault.
 */
function keyedRows(source: string, document: string | null, list: ListId, rows: CslRow[]): Row[] {
  const keys = new Map<CslRow, string>();
  for (const [number, same] of grouped(rows, (row) => row.get('entity_number') ?? null)) {
    if (number === null) continue;
    if (same.length > 1 && list === 'us-csl-sdn') {
      throw new RefusedEditionError(source, document, `entity_number ${number}`, 'Two different rows of the SDN have this number.');
    }
    const inOrder = same.length === 1 ? same : same.toSorted((one, other) => (content(one) < content(other) ? -1 : 1));
    inOrder.forEach((row, index) => keys.set(row, index === 0 ? number : `${number}#${index + 1}`));
  }
  return rows.map((row) => ({ key: keys.get(row) ?? null, state: mapCslRow(list, row) }));
}

function content(row: CslRow): string {
  return JSON.stringify([...row].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function grouped<Group>(rows: CslRow[], groupOf: (row: CslRow) => Group): Map<Group, CslRow[]> {
  const groups = new Map<Group, CslRow[]>();
  for (const row of rows) {
    const group = groupOf(row);
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [row]);
    else known.push(row);
  }
  return groups;
}
