import type { ListId, ListingState } from './listing.js';
import { isDate } from './moments.js';

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

/** Key of `details` under which a publisher says on which days it changed an entry (the UN's own name for it). */
export const CHANGE_DATES = 'LAST_DAY_UPDATED';

/** Dates on which the publisher says that it changed this entry, ascending; what is no date is left out. */
export function changeDatesOf({ details }: Pick<ListingState, 'details'>): string[] {
  const printed = details[CHANGE_DATES] ?? [];
  const dates = (Array.isArray(printed) ? printed : [printed]).map((one) => String(one).slice(0, 10)).filter(isDate);
  return [...new Set(dates)].sort();
}
