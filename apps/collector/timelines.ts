import { readEvents } from '@listory/event-log';
import { fold, type ListingEvent, type Timeline } from '@listory/listings';
import { listingEventOf } from '@listory/views';
import type { Pool } from 'pg';

/**
 * What the log knows of these listings; those that it does not know are left out.
 * @param upTo as known at this position; without it: now
 */
export async function timelinesOf(db: Pool, listings: readonly string[], upTo?: bigint): Promise<Map<string, Timeline>> {
  const histories = new Map<string, ListingEvent[]>();
  if (listings.length === 0) return new Map();
  const reading = { after: 0n, subjects: listings, ...(upTo === undefined ? {} : { upTo }) };
  for (const recorded of await readEvents(db, reading)) {
    const event = listingEventOf(recorded);
    if (!event) continue;
    const history = histories.get(event.listing);
    if (history) history.push(event);
    else histories.set(event.listing, [event]);
  }
  return new Map([...histories].map(([listing, history]) => [listing, fold(history)]));
}
