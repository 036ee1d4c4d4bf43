import { createHash } from 'node:crypto';
import type { EditionEventData, EditionEventType, ListingEvent } from '@listory/listings';
import type { NewEvent } from '@listory/event-log';

/** The events of one append, before they are numbered. */
export class Recording {
  readonly events: NewEvent[] = [];

  /**
   * @param expected the version of each list that the events were decided on; it goes into the event ids, so that the
   *   same decision sent again after a lost reply is recognised, and a new decision is a new event
   */
  constructor(private readonly expected: ReadonlyMap<string, bigint>) {}

  listing({ type, list, listing, effectiveAt, cause, changeClass, data }: ListingEvent): void {
    this.push({ type, list, subject: listing, effectiveAt, cause, changeClass, data });
  }

  edition<T extends EditionEventType>(type: T, subject: string, data: EditionEventData[T]): void {
    const effectiveAt = 'edition' in data && data.edition ? data.edition.date : null;
    this.push({ type, list: data.list, subject, effectiveAt, cause: 'publisher', changeClass: null, data });
  }

  private push(event: Omit<NewEvent, 'id' | 'schemaVersion'>): void {
    const basis = `${event.list} ${this.expected.get(event.list) ?? 'any'} ${this.events.length} ${event.type} ${event.subject}`;
    this.events.push({ ...event, id: uuidOf(basis + JSON.stringify(event.data)), schemaVersion: 1 });
  }
}

/** A name-based UUID (RFC 9562, version 8: SHA-256 of the text). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
