import type { ListingState } from '../../listing.js';

/** A listing in few words. */
export interface Sketch {
  name: string;
  at?: string[];
  cites?: string[];
  since?: string | null;
  aka?: string[];
  type?: ListingState['type'];
  remarks?: string;
}

/** The listing's state; an address ends with its country's code. */
export function sketched({ name, at = [], cites = ['84 FR 100'], since = '2019-05-21', aka = [], type = 'unknown', remarks }: Sketch): ListingState {
  const citation = (text: string) => {
    const [, volume, page] = /^(\d+)\s+FR\s+(\d+)$/.exec(text) ?? [];
    return { text, volume: volume ? Number(volume) : null, page: page ? Number(page) : null, date: null };
  };
  const address = (text: string) => {
    const country = /\b[A-Z]{2}$/.exec(text)?.[0] ?? null;
    return { text, street: null, city: null, region: null, postalCode: null, country, number: null, details: {} };
  };
  return {
    heading: null, type, name, programs: [], identifiers: [], licence: null, remarks: remarks ?? null,
    declaredFrom: since, inForceUntil: null, details: {},
    aliases: aka.map((alias) => ({ name: alias, kind: 'a.k.a.' as const, quality: null, number: null, details: {} })),
    addresses: at.map(address),
    citations: cites.map(citation),
  };
}
