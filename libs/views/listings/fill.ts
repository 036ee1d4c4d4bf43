import { streamBySubject, type RecordedEvent } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
import { UnreadableHistoryError } from '../errors.js';
import { isListingEvent } from './listing-event.js';
import { ListingRows } from './listing-rows.js';
import { PendingKeys } from './pending-keys.js';
import { PendingRows, type Filling } from './pending-rows.js';

/** States that are written together. */
const PENDING = 2_000;

/**
 * Fills the empty tables of the listings view from the log up to a position, listing by listing: each has its whole life
 * in memory, so its rows are written once, as they stand in the end, where following the log would write and change them.
 * @param client the transaction that writes; the log is read beside it
 * @throws UnreadableHistoryError
 */
export async function fillListings(pool: Pool, client: PoolClient, schema: string, upTo: bigint, onProgress: (events: number) => void): Promise<void> {
  const filling: Filling = { keys: new PendingKeys(), sets: new Set() };
  let rows = new PendingRows(schema, filling);
  let writing = Promise.resolve();
  let listing: RecordedEvent[] = [];
  const finishListing = async () => {
    if (listing.length > 0) applyHistory(listing, rows);
    listing = [];
    if (rows.size < PENDING) return;
    await writing;
    writing = rows.flush(client);
    writing.catch(() => {}); // It is thrown where it is awaited.
    rows = new PendingRows(schema, filling);
  };
  try {
    let done = 0;
    for await (const batch of streamBySubject(pool, upTo)) {
      for (const event of batch) {
        if (!isListingEvent(event)) continue;
        if (listing[0] && listing[0].subject !== event.subject) await finishListing();
        listing.push(event);
      }
      onProgress((done += batch.length));
    }
    await finishListing();
  } finally {
    await writing; // Nothing may be written any more when the transaction ends.
  }
  await rows.flush(client);
  await filling.keys.flush(client, schema);
}

/** All events of one listing, append by append. */
function applyHistory(events: readonly RecordedEvent[], rows: PendingRows): void {
  const known = ListingRows.unheardOf({ onlyAdded: events.length === 1 });
  for (let begin = 0, end = 0; begin < events.length; begin = end) {
    const { batchEnd } = events[begin]!;
    while (end < events.length && events[end]!.batchEnd === batchEnd) end++;
    try {
      known.apply(events.slice(begin, end), rows);
    } catch (reason) {
      throw new UnreadableHistoryError(events[begin]!.subject, reason);
    }
  }
}
