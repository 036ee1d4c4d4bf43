import type { EditionRef } from './events.js';
import type { ListId, Moment } from './listing.js';

/** Differences between an edition and what was known of its date before: numbers of listings. */
export interface Counts {
  added: number;
  removed: number;
  changed: number;
}

/** How much an edition says: numbers of names (with aliases) and of addresses. */
export interface Totals {
  names: number;
  addresses: number;
}

/** One file of an edition. */
export interface DocumentRef {
  name: string;
  sha256: string;
  /** Bytes, unpacked. */
  size: number;
}

interface About {
  list: ListId;
  /** The publication that it was read as, such as `us-csl`. */
  source: string;
}

/** What each event about an edition or a fetch carries. */
export interface EditionEventData {
  'edition.recorded': About & {
    edition: EditionRef;
    publishedOn: Moment | null;
    documents: DocumentRef[];
    sections: Record<string, number>;
    silentOn: string[];
    rows: number;
    totals: Totals;
    counts: Counts;
    outcome: 'baseline' | 'changed' | 'unchanged';
    /** Why it was released, where it would have been held. */
    reason: string | null;
  };
  'edition.held': About & { edition: EditionRef; documents: DocumentRef[]; problem: string; counts: Counts };
  'edition.released': About & { edition: EditionRef; reason: string; actor: string };
  'edition.discarded': About & { edition: EditionRef; reason: string; actor: string };
  'fetch.checked': About & { edition: EditionRef; outcome: string; problem: null; via: string };
  'fetch.failed': About & { edition: EditionRef | null; outcome: 'refused' | 'failed'; problem: string; via: string };
}

export type EditionEventType = keyof EditionEventData;

/** An event about an edition or a fetch. */
export type EditionEvent<T extends EditionEventType = EditionEventType> = {
  [K in T]: { type: K; list: ListId; data: EditionEventData[K] };
}[T];

/** Whether an event of this type is about a listing; else it is about an edition or a fetch, of its whole list. */
export function isListingEventType(type: string): boolean {
  return !/^(edition|fetch)\./.test(type);
}
