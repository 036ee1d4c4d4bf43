/** An event that is to be recorded. The log knows nothing of what it means. */
export interface NewEvent {
  /** A UUID, chosen by the caller: the same append sent again must carry the same ids. */
  id: string;
  /** The stream: a list id such as `us-bis-el`. */
  list: string;
  /** Such as `org.listory.listing.added.v1`. */
  type: string;
  /** What it is about: a listing id, an edition. */
  subject: string;
  /** Valid time: a date, or an instant in UTC, as text. Null where the event has none. */
  effectiveAt: string | null;
  cause: string;
  changeClass: 'substantive' | 'editorial' | null;
  schemaVersion: number;
  /** Kept as the JSON text that JSON.stringify makes of it. */
  data: object;
}

/** An event as the log holds it. */
export interface RecordedEvent extends NewEvent {
  /** Its place in the log: 1, 2, 3 … without gaps, in the order of commits. */
  position: bigint;
  /** Its place among the events of its list: 1, 2, 3 … */
  version: bigint;
  /** Transaction time, RFC 3339 in UTC with microseconds; the same for all events of one append. Never decreases with the position. */
  recordedAt: string;
  /** The last position of its append. */
  batchEnd: bigint;
  data: Record<string, unknown>;
}
