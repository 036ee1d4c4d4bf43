import type { Address, Alias, ListId, Reading } from '@listory/listings';
import type { SourceDocument } from '../documents.js';
import { RefusedEditionError } from '../errors.js';
import { mapAddress, mapAlias, mapEntry } from './map.js';
import { type OfacRow, readOfac } from './read.js';
import { recogniseOfac } from './recognise.js';

/**
 * Reads an edition of one of OFAC's lists. Without the file of addresses or of aliases the edition does not speak of
 * them. Addresses and aliases of a uid that has no entry are counted, and belong to no listing.
 * @param mainWord the word in the name of the file of entries
 * @throws RefusedEditionError
 */
export function readOfacEdition(list: ListId, mainWord: string, documents: SourceDocument[]): Reading {
  const files = recogniseOfac(list, mainWord, documents);
  const entries = readOfac(list, files.main, 12, 1);
  const nameless = entries.find((entry) => !entry.values[0]);
  if (nameless !== undefined) {
    throw new RefusedEditionError(list, files.main.name, `uid ${nameless.uid}`, 'The entry has no name.');
  }
  const addresses = files.addresses === null ? null : readOfac(list, files.addresses, 6, 2);
  const aliases = files.aliases === null ? null : readOfac(list, files.aliases, 5, 2);
  const addressesOf = byUid<Address>(addresses, mapAddress);
  const aliasesOf = byUid<Alias>(aliases, mapAlias);
  const sections: Record<string, number> = { [mainWord]: entries.length };
  if (addresses !== null) sections['add'] = addresses.length;
  if (aliases !== null) sections['alt'] = aliases.length;
  const uids = new Set(entries.map((entry) => entry.uid));
  const strays = [...(addresses ?? []), ...(aliases ?? [])].filter((row) => !uids.has(row.uid)).length;
  if (strays > 0) sections['of no entry'] = strays;
  return {
    source: list,
    publishedOn: null,
    lists: [
      {
        list,
        rows: entries.map((entry) => mapEntry(entry, aliasesOf.get(entry.uid) ?? [], addressesOf.get(entry.uid) ?? [])),
        silentOn: [...(addresses === null ? ['addresses'] : []), ...(aliases === null ? ['aliases'] : [])],
        sections,
      },
    ],
  };
}

/** Each entry's parts in the order of their numbers, so that the order of rows in the file means nothing. */
function byUid<Part>(rows: OfacRow[] | null, map: (row: OfacRow) => Part): Map<string, Part[]> {
  const parts = new Map<string, Part[]>();
  const numbered = (rows ?? []).toSorted((one, other) => Number(one.number) - Number(other.number));
  for (const row of numbered) {
    const known = parts.get(row.uid);
    if (known === undefined) parts.set(row.uid, [map(row)]);
    else known.push(map(row));
  }
  return parts;
}
