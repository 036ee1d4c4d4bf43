import { readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { addressId, canonicalState, type ListReading, type ListingState } from '@listory/listings';
import { editionDateOfName, openEdition, sources, type SourceDocument } from '@listory/sources';
import type { Collector } from './collector.js';
import { corpus } from './corpus.js';

/** One real edition, where it lies and for which moment it speaks. */
export interface RealEdition {
  source: string;
  path: string;
  date: string;
  /** Only the entries with these uids (OFAC). */
  uids?: (uid: number) => boolean;
}

/** The ten editions of the UN's list, by date. */
export function unEditions(): RealEdition[] {
  return editionsIn('un-sc', 'un-sc');
}

/** The complete editions of OFAC's list, by date. */
export function sdnTrios(): RealEdition[] {
  return ['2019-01-16', '2021-04-25'].map((date) => ({ source: 'us-ofac-sdn', path: corpus('us-ofac-sdn', date), date }));
}

/** The 43 editions of OFAC's list without addresses and aliases, by date. */
export function sdnSeries(): RealEdition[] {
  return editionsIn('us-ofac-sdn', 'us-ofac-sdn-series');
}

function editionsIn(source: string, folder: string): RealEdition[] {
  const names = readdirSync(corpus(folder)).filter((name) => name.endsWith('.gz')).sort();
  return names.map((name) => ({ source, path: corpus(folder, name), date: editionDateOfName(name)! }));
}

/** Imports real editions, released whatever they remove, at the dates of their names. */
export async function importAll(collector: Collector, editions: readonly RealEdition[]) {
  const results = [];
  for (const edition of editions) {
    const { source, path, date } = edition;
    results.push(...(await collector.import(source, await documentsOf(edition), { via: path, date, releaseReason: 'known to be right' })));
  }
  return results;
}

async function documentsOf({ path, uids }: RealEdition): Promise<SourceDocument[]> {
  const documents = await openEdition(path);
  if (!uids) return documents;
  return documents.map(({ name, bytes }) => {
    const lines = bytes.toString('latin1').split('\n').filter((line) => uids(Number(/^\d+/.exec(line)?.[0])));
    return { name, bytes: Buffer.from(`${lines.join('\n')}\n`, 'latin1') };
  });
}

/** What an edition of one list says. */
export async function readingOf(edition: RealEdition): Promise<ListReading> {
  return sources[edition.source]!.read(await documentsOf(edition)).lists[0]!;
}

/** Publisher ids at which the view as of the edition's moment differs from what the edition says; for lists with ids. */
export async function differingKeys(collector: Collector, edition: RealEdition): Promise<string[]> {
  const reading = await readingOf(edition);
  const said = new Map(reading.rows.map(({ key, state }) => [`${reading.list}:${key}`, withIds(state)]));
  const shown = await collector.viewAt(reading.list, edition.date);
  const spoken = (state: ListingState | undefined) => {
    const { aliases, addresses, ...rest } = state ? canonicalState(state) : { aliases: [], addresses: [] };
    return { ...rest, aliases: reading.silentOn.includes('aliases') ? [] : aliases, addresses: reading.silentOn.includes('addresses') ? [] : addresses };
  };
  const keys = new Set([...said.keys(), ...shown.keys()]);
  return [...keys].filter((key) => !isDeepStrictEqual(spoken(said.get(key)), spoken(shown.get(key)?.state))).sort();
}

function withIds(state: ListingState): ListingState {
  return { ...state, addresses: state.addresses.map((address) => ({ id: addressId(address), ...address })) };
}
