import { TryAgainLater, type RecordedEvent } from '@listory/event-log';
import { isListingEventType } from '@listory/listings';
import { latestKnown } from '@listory/views';
import type pg from 'pg';
import type { Message } from './kafka.js';

/**
 * The listings that these events are about, as they stand after the last of them: messages of the compacted topic.
 * What is removed stays a listing, with `listedUntil`; what was joined to another names it in `continuedBy`.
 * @throws {TryAgainLater} while the view of listings has not seen these events
 */
export async function listingMessages(client: pg.PoolClient, events: readonly RecordedEvent[]): Promise<Message[]> {
  const subjects = new Set(events.filter(({ type }) => isListingEventType(type)).map(({ subject }) => subject));
  if (!subjects.size) return [];
  const { position } = events.at(-1)!;
  const listings = await latestKnown(client, [...subjects], position);
  if (!listings) throw new TryAgainLater(`the view of listings has not seen position ${position} yet: does a projector run?`);
  const sequence = String(position).padStart(20, '0');
  return listings.map(({ listing, json }) => ({ key: listing, value: json, headers: { 'content-type': 'application/json', sequence } }));
}
