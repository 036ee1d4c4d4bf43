import type { ListId, ListingState } from './listing.js';

/**
 * A group of fields of which an edition may say nothing at all: `addresses`, `aliases`, or `details.<key>`
 * for a column that is missing. Everything else every edition speaks of.
 */
export type FieldGroup = string;

/** One entry of a list as one edition prints it. */
export interface Row {
  /** The publisher's stable id (OFAC uid, UN reference number), or null where the list has none. */
  key: string | null;
  state: ListingState;
  /** Dates on which the publisher says that it changed this entry (ISO dates, ascending). */
  changedOn: string[];
}

/** What one edition says of one list. A pure function of the edition's bytes. */
export interface ListReading {
  list: ListId;
  rows: Row[];
  /** Field groups that this edition does not speak of. */
  silentOn: FieldGroup[];
  /** Named sections of the edition with the number of rows in each (`INDIVIDUALS`, `sdn.csv` …). */
  sections: Record<string, number>;
}

/** What one edition says: of one list, or of every member list of a compilation. */
export interface Reading {
  /** The publication it was read as, such as `us-csl`. */
  source: string;
  /** The publisher's own date inside the file: ISO date, or instant in UTC. */
  publishedOn: string | null;
  lists: ListReading[];
}
