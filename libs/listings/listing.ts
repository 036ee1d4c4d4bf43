/** The id of a list, such as `us-bis-el`. */
export type ListId = string;

/**
 * A point of valid time: a date `YYYY-MM-DD`, or an instant of that day `YYYY-MM-DDTHH:MM:SSZ`.
 * Compared as plain text: a date sorts before every instant of its own day, and that before the next date.
 */
export type Moment = string;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a listing is about. */
export type PartyType = 'entity' | 'individual' | 'vessel' | 'aircraft' | 'address' | 'unknown';

/** Another name of the party. */
export interface Alias {
  name: string;
  kind: 'a.k.a.' | 'f.k.a.' | 'n.k.a.';
  quality: 'strong' | 'weak' | null;
  /** The publisher's own number for this alias, where it gives one (OFAC). */
  number: string | null;
  /** What else the publisher says of this alias, named as it names it. */
  details: Record<string, Json>;
}

/** One of the listing's addresses, as published. */
export interface Address {
  /** The same for the same folded text and country, at whichever listing; set when an edition is recorded. */
  id?: string;
  /** The whole address in one line, as published or joined from its parts. */
  text: string;
  street: string | null;
  city: string | null;
  region: string | null;
  postalCode: string | null;
  /** As published: a name (OFAC, UN) or an ISO 3166 code (CSL). */
  country: string | null;
  /** The publisher's own number for this address, where it gives one (OFAC). */
  number: string | null;
  /** What else the publisher says of this address, named as it names it. */
  details: Record<string, Json>;
}

export interface Identifier {
  type: string;
  value: string;
  country: string | null;
}

export interface Licence {
  requirement: string | null;
  policy: string | null;
  /** Footnote numbers of the Entity List, `1` to `5`. */
  footnotes: string[];
}

/** The legal act behind a listing. */
export interface Citation {
  text: string;
  volume: number | null;
  page: number | null;
  /** ISO date, where the publisher prints one. */
  date: string | null;
}

/** What one edition says of one listing. Order of aliases and addresses carries no meaning. */
export interface ListingState {
  heading: string | null;
  type: PartyType;
  name: string;
  aliases: Alias[];
  addresses: Address[];
  programs: string[];
  identifiers: Identifier[];
  licence: Licence | null;
  citations: Citation[];
  remarks: string | null;
  /** The publisher's own start of the listing, where it gives a possible one (ISO date). */
  declaredFrom: string | null;
  /** The last day on which the listing is in force, where the publisher gives one (ISO date). */
  inForceUntil: string | null;
  /** The rest of what the publisher says, named as it names it. */
  details: Record<string, Json>;
}
