import { readDocument } from '@listory/archive';
import { addressId, canonicalJson, canonicalState, type Json, type ListingState, type ListReading } from '@listory/listings';
import { readEvents } from '@listory/event-log';
import { sources } from '@listory/sources';
import { contentNear, listingsByKey, listingsInEffect } from '@listory/views';
import type { Pool } from 'pg';
import { timelinesOf } from '../../collector/timelines.js';
import type { Finding } from './finding.js';

interface EditionRow {
  source: string;
  sha256: string;
  moment: string;
  lists: string[];
  documents: { name: string; sha256: string }[];
}

/** For every edition in the archive: the view as of its date, as known now, equals its reading, less corrections. */
export async function* checkEditions(db: Pool, onEdition: (done: number, of: number) => unknown): AsyncGenerator<Finding, void, void> {
  const { rows: editions } = await db.query<EditionRow>(
    `select source, sha256, moment, array_agg(list order by list) as lists, (array_agg(documents))[1] as documents
       from (select distinct on (list, moment) * from editions.editions order by list, moment, recorded_position desc) e
      group by source, sha256, moment order by moment, source`,
  );
  for (const [index, edition] of editions.entries()) {
    onEdition(index + 1, editions.length);
    const documents = await Promise.all(
      edition.documents.map(async ({ name, sha256 }) => ({ name, bytes: await readDocument(db, sha256) })),
    );
    for (const reading of sources[edition.source]!.read(documents).lists) {
      if (edition.lists.includes(reading.list)) yield* checkReading(db, reading, edition.moment);
    }
  }
}

async function* checkReading(db: Pool, reading: ListReading, moment: string): AsyncGenerator<Finding, void, void> {
  const { list } = reading;
  const shown = await publishedContent(db, list, moment);
  const hasKeys = reading.rows.some(({ key }) => key !== null);
  const byKey = hasKeys ? await listingsByKey(db, list) : new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [listing, state] of shown) add(counts, comparable(hasKeys ? listing : null, state, reading.silentOn), 1);
  const unmatched: string[] = [];
  for (const { key, state } of reading.rows) {
    for (const address of state.addresses) address.id = addressId(address);
    // A row stands under its own id, or under that of the listing with which it was found to be one.
    const listings = key === null ? [null] : [`${list}:${key}`, byKey.get(key) ?? null];
    const text = listings.map((listing) => comparable(listing, state, reading.silentOn)).find((one) => (counts.get(one) ?? 0) > 0);
    if (text !== undefined) add(counts, text, -1);
    else if (!(state.declaredFrom !== null && state.declaredFrom > moment)) unmatched.push(`'${state.name}'`);
  }
  const extra = [...counts].filter(([, count]) => count > 0).map(([text]) => `'${(JSON.parse(text) as { state: ListingState }).state.name}'`);
  if (unmatched.length === 0 && extra.length === 0) return;
  const about = `${list} as of ${moment}: ${unmatched.length} rows of the edition are not in the view`;
  const names = `(${unmatched.slice(0, 3).join(', ')}), ${extra.length} of the view not in the edition (${extra.slice(0, 3).join(', ')})`;
  yield { promise: 'editions', difference: `${about} ${names}` };
}

/** What the view shows at a moment, with the publisher's own text where a person corrected it. */
async function publishedContent(db: Pool, list: string, moment: string): Promise<Map<string, ListingState>> {
  const listed = (await listingsInEffect(db, list, moment)).map((one) => one.listing);
  const content = await contentNear(db, listed, moment);
  const corrected = new Set((await readEvents(db, { after: 0n, list, type: 'listing.corrected' })).map((event) => event.subject));
  const timelines = await timelinesOf(db, listed.filter((listing) => corrected.has(listing)));
  for (const [listing, timeline] of timelines) content.set(listing, timeline.contentAt(moment, true));
  return content;
}

/** A listing, where the list has ids, and its state without what the edition does not speak of: equal ones are equal text. */
function comparable(listing: string | null, state: ListingState, silentOn: readonly string[]): string {
  const kept = canonicalState(state);
  for (const group of silentOn) {
    if (group === 'addresses' || group === 'aliases') kept[group] = [];
    else delete kept.details[group.slice('details.'.length)];
  }
  return canonicalJson({ listing, state: kept as unknown as Json });
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
