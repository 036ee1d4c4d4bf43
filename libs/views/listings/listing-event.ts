import type { RecordedEvent } from '@listory/event-log';
import { isListingEventType, type ListingEvent } from '@listory/listings';

/** Whether an event is about a listing. */
export function isListingEvent({ type }: RecordedEvent): boolean {
  return isListingEventType(type);
}

/** A recorded event as the domain knows it, or null when it is not about a listing. */
export function listingEventOf(event: RecordedEvent): ListingEvent | null {
  if (!isListingEvent(event)) return null;
  const { type, list, subject, effectiveAt, cause, changeClass, data } = event;
  return { type, list, listing: subject, effectiveAt, cause, changeClass, data } as unknown as ListingEvent;
}
