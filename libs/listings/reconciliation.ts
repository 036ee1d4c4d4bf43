import type { Cause, Dating, EditionRef, IdentityDecision } from './events.js';
import type { Json, ListId, Moment } from './listing.js';
import type { FieldGroup, Row } from './reading.js';
import type { Timeline } from './timeline.js';

/** Editions next to one moment. */
export interface Neighbours {
  /** The nearest earlier one; null when there is none. */
  before: Moment | null;
  /** The nearest later one; null when there is none. */
  after: Moment | null;
}

export interface Reconciliation {
  list: ListId;
  listing: string;
  /** What is known of the listing now; changed in place. */
  timeline: Timeline;
  /** What the edition says of it; null when it is not in the edition. */
  row: Row | null;
  edition: EditionRef;
  /** The moment for which the edition speaks. */
  at: Moment;
  /** Moments of the recorded editions that speak of a group of fields, ascending, without this one. */
  editions: (group: FieldGroup) => readonly Moment[];
  silentOn: ReadonlySet<FieldGroup>;
  cause: Cause;
  identity?: IdentityDecision;
}

/** One change of the timeline that the edition asks for. */
export interface Write {
  field: string;
  at: Moment;
  value: Json;
  dating: Dating;
  /** What the timeline said of this very moment before. */
  overwritten: Json;
}
