import { hash } from 'node:crypto';
import type { Address, Alias, Json, ListingState } from './listing.js';

/** JSON text with sorted keys: equal values give equal text, whatever the order of their keys. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const one of value) text += `${text === '' ? '' : ','}${canonicalJson(one)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key])}`;
  return `{${text}}`;
}

/** Whether two values have the same canonical JSON. Quick where they share parts. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return (one ?? null) === (other ?? null);
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, index) => isSameJson(value, other[index]));
  }
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSameJson(one[key], other[key]));
}

/** What makes an alias of a listing this alias: all that the publisher says of it. */
export function aliasKey(alias: Alias): string {
  return JSON.stringify([alias.name, alias.kind, alias.quality, alias.number]) + detailsKey(alias.details);
}

/** What makes an address of a listing this address: all that the publisher says of it. */
export function addressKey(address: Address): string {
  const { text, street, city, region, postalCode, country, number } = address;
  return JSON.stringify([text, street, city, region, postalCode, country, number]) + detailsKey(address.details);
}

function detailsKey(details: Record<string, Json>): string {
  for (const _ in details) return canonicalJson(details);
  return '';
}

/** Keys of a listing's elements; one that stands twice gets `#2` and so on, so that none is lost. */
export function elementKeys<T>(elements: readonly T[], keyOf: (element: T) => string): Map<string, T> {
  const keyed = new Map<string, T>();
  for (const element of elements) {
    const key = keyOf(element);
    let unique = key;
    for (let copy = 2; keyed.has(unique); copy++) unique = `${key}#${copy}`;
    keyed.set(unique, element);
  }
  return keyed;
}

/** Fingerprints of one listing state, apart for the parts of which an edition may be silent. */
export interface StateHash {
  core: string;
  aliases: string;
  addresses: string;
}

/**
 * Fingerprints of a state: equal exactly if the states are equal, order of aliases, addresses and detail keys aside.
 * Each is the first 12 bytes of a SHA-256, in base64.
 */
export function hashState(state: ListingState): StateHash {
  const core = JSON.stringify([
    state.heading,
    state.type,
    state.name,
    state.programs,
    state.remarks,
    state.declaredFrom,
    state.inForceUntil,
  ]);
  const rest = [
    canonicalJson(state.identifiers as unknown as Json),
    canonicalJson(state.licence as unknown as Json),
    canonicalJson(state.citations as unknown as Json),
    canonicalJson(state.details),
  ];
  return {
    core: digest(`${core}${rest.join('')}`),
    aliases: digestOfElements(state.aliases, aliasKey),
    addresses: digestOfElements(state.addresses, addressKey),
  };
}

function digestOfElements<T>(elements: readonly T[], keyOf: (element: T) => string): string {
  if (elements.length === 0) return OF_NONE;
  return digest(elements.length === 1 ? keyOf(elements[0]!) : [...elementKeys(elements, keyOf).keys()].sort().join('\n'));
}

function digest(text: string): string {
  return hash('sha256', text, 'base64').slice(0, 16);
}

/** Half of all listings have no alias. */
const OF_NONE = digest('');
