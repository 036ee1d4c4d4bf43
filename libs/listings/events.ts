import type { Json, ListId, ListingState, Moment, Citation } from './listing.js';

/** Why the system's knowledge changed. A consumer can ignore all but the publisher's own changes. */
export type Cause = 'baseline' | 'publisher' | 'backfill' | 'parser' | 'identity' | 'correction';

/** `editorial`: typography, spelling, bookkeeping; `substantive`: a change of fact. */
export type ChangeClass = 'substantive' | 'editorial';

/** Where an effective date comes from: the publisher's own date, the edition that first shows it, or a person. */
export type Dating = 'publisher' | 'edition' | 'person';

/** The edition that a change was seen in. */
export interface EditionRef {
  date: Moment;
  sha256: string;
}

/** How an entry of an edition was found to continue a listing (lists without publisher ids). */
export interface IdentityDecision {
  step: 'key' | 'same' | 'exact' | 'assignment' | 'new' | 'person';
  score: number | null;
  reason: string;
}

interface ListingEventBase {
  list: ListId;
  /** The listing's id. */
  listing: string;
  effectiveAt: Moment;
  cause: Cause;
  changeClass: ChangeClass;
  data: {
    list: ListId;
    edition: EditionRef | null;
    citations: Citation[];
    dating: Dating;
    /** In words: why this class, or why this decision. */
    reason?: string | null;
    actor?: string;
  };
}

/** A listing came, came back, or went: the data carries the whole listing. */
export interface PresenceEvent extends ListingEventBase {
  type: 'listing.added' | 'listing.removed';
  data: ListingEventBase['data'] & {
    listing: ListingState;
    /** The publisher's id of the entry, where it has a stable one. */
    key?: string | null;
    relisted?: boolean;
    identity?: IdentityDecision;
  };
}

/** Kinds of change of one field of a listing that stays. */
export type FieldEventType =
  | 'listing.renamed'
  | 'listing.moved'
  | 'alias.added'
  | 'alias.removed'
  | 'address.added'
  | 'address.removed'
  | 'address.changed'
  | 'programs.changed'
  | 'identifiers.changed'
  | 'licence.changed'
  | 'citations.changed'
  | 'remarks.changed'
  | 'details.changed';

/** What changed: one field of the listing, or one alias or address of it (`field` is then `aliases` or `addresses`). */
export interface FieldChange {
  field: string;
  before: Json;
  after: Json;
  /** Which of several equal elements `before` and `after` are, where one of them stands more than once. */
  copies?: [before: number, after: number];
}

export interface FieldEvent extends ListingEventBase {
  type: FieldEventType;
  data: ListingEventBase['data'] & FieldChange & { identity?: IdentityDecision };
}

/** A person corrected one field of a listing; the publisher's text stays beneath. */
export interface CorrectedEvent extends ListingEventBase {
  type: 'listing.corrected';
  data: ListingEventBase['data'] & FieldChange & { actor: string; reason: string };
}

/** One entry of a timeline, written out: field, moment, layer, value, dating. */
export type WrittenEntry = [field: string, at: Moment, layer: 0 | 1, value: Json, dating: Dating];

/**
 * A person joined two listings, or took one apart. Each event replaces the whole timeline of its subject, so that a
 * replay needs no other listing.
 */
export interface IdentityEvent extends ListingEventBase {
  type: 'identity.linked' | 'identity.unlinked';
  data: ListingEventBase['data'] & {
    /** The listing at the other end. */
    other: string;
    /** Whether the subject is the listing that goes on (`true`) or the one that was joined to it. */
    continues: boolean;
    /** Publisher ids whose entries are from now on read as this listing. */
    keys: string[];
    timeline: WrittenEntry[];
    actor: string;
    reason: string;
  };
}

/** Everything that changes what is known of a listing. */
export type ListingEvent = PresenceEvent | FieldEvent | CorrectedEvent | IdentityEvent;

export type ListingEventType = ListingEvent['type'];
