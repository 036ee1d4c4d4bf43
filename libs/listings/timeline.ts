import { addressKey, aliasKey, elementKeys } from './canonical.js';
import type { Dating, WrittenEntry } from './events.js';
import type { Address, Alias, Citation, Identifier, Json, Licence, ListingState, Moment, PartyType } from './listing.js';

/**
 * What is known of one listing over valid time: for each field, from which moment on it has which value.
 *
 * The value of a field at moment D is that of its last entry at or before D. Two layers: what the publisher says (0)
 * and what a person corrected (1); at the same moment the correction wins, and the publisher's next change ends it.
 * An entry written again at the same moment and layer replaces the earlier one, so events may come in any order of
 * their effective dates: folding them by position gives the same timeline. Where a listing is added its whole content
 * is set (`WHOLE`): a field without an entry of that moment is null from there on, also one learnt of later. That holds
 * while a period of being listed begins there; where the listing turns out to have been listed just before, it goes on.
 */
export class Timeline {
  /** Field name of the moments at which the whole content was set. */
  static readonly WHOLE = '*';

  readonly fields = new Map<string, Entry[]>();
  /** The entries of WHOLE at which a period begins; null when they have to be looked for again. */
  private begun: Entry[] | null = null;

  /** Sets `field` to `value` from `at` on, until its next entry. */
  set(field: string, at: Moment, value: Json, dating: Dating, layer: 0 | 1 = 0): void {
    if (field === 'presence' || field === Timeline.WHOLE) this.begun = null;
    const entries = this.fields.get(field);
    const entry: Entry = { at, layer, value, dating };
    if (!entries) {
      this.fields.set(field, [entry]);
      return;
    }
    let index = entries.length;
    while (index > 0 && isAfter(entries[index - 1]!, at, layer)) index--;
    const before = entries[index - 1];
    if (before && before.at === at && before.layer === layer) entries[index - 1] = entry;
    else entries.splice(index, 0, entry);
  }

  /** No period begins at `at` with a content of its own any more: what was known before goes on. */
  forgetWhole(at: Moment): void {
    const wholes = this.fields.get(Timeline.WHOLE);
    if (wholes) this.fields.set(Timeline.WHOLE, wholes.filter((entry) => entry.at !== at));
    this.begun = null;
  }

  /** The entry in force at `at` (inclusive), or undefined before the first. `publisherOnly` leaves corrections out. */
  entryAt(field: string, at: Moment, publisherOnly = false): Entry | undefined {
    return this.inForce(field, (entry) => entry.at <= at && !(publisherOnly && entry.layer === 1));
  }

  /** The entry in force just before `at`. */
  entryBefore(field: string, at: Moment, publisherOnly = false): Entry | undefined {
    return this.inForce(field, (entry) => entry.at < at && !(publisherOnly && entry.layer === 1));
  }

  private inForce(field: string, matches: (entry: Entry) => boolean): Entry | undefined {
    const entry = lastEntry(this.fields.get(field), matches);
    if (field === 'presence') return entry;
    const whole = lastEntry(this.beginnings(), matches);
    return whole && (!entry || whole.at > entry.at) ? whole : entry;
  }

  /** Where periods of being listed begin with a content of their own. */
  beginnings(): readonly Entry[] {
    if (this.begun) return this.begun;
    const presence = this.fields.get('presence');
    const begins = ({ at }: Entry) =>
      lastEntry(presence, (entry) => entry.at <= at)?.value === true && lastEntry(presence, (entry) => entry.at < at)?.value !== true;
    return (this.begun = (this.fields.get(Timeline.WHOLE) ?? []).filter(begins));
  }

  /** Moments at which the publisher's value of the field is set, by an entry of its own or with the whole content. */
  momentsOf(field: string): Moment[] {
    const entries = (this.fields.get(field) ?? []).filter((entry) => entry.layer === 0);
    const wholes = field === 'presence' ? [] : this.beginnings();
    return [...new Set([...entries, ...wholes].map((entry) => entry.at))].sort();
  }

  /** The publisher's entry that starts the unbroken period of being listed at `at`; undefined when not listed then. */
  periodStart(at: Moment): Entry | undefined {
    let start: Entry | undefined;
    for (const entry of this.fields.get('presence') ?? []) {
      if (entry.at > at) break;
      start = entry.value === true ? (start ?? entry) : undefined;
    }
    return start;
  }

  valueAt(field: string, at: Moment, publisherOnly = false): Json {
    return this.entryAt(field, at, publisherOnly)?.value ?? null;
  }

  isListedAt(at: Moment): boolean {
    return this.valueAt('presence', at) === true;
  }

  /** The listing's state at `at`, or null when it is not listed then. */
  stateAt(at: Moment, publisherOnly = false): ListingState | null {
    return this.isListedAt(at) ? this.contentAt(at, publisherOnly) : null;
  }

  /** The listing's fields at `at`, whether it is listed then or not. */
  contentAt(at: Moment, publisherOnly = false): ListingState {
    const details: Record<string, Json> = {};
    const aliases: [string, Alias][] = [];
    const addresses: [string, Address][] = [];
    for (const field of this.fields.keys()) {
      if (!field.includes('.') && !field.includes(':')) continue;
      const value = this.valueAt(field, at, publisherOnly);
      if (value === null) continue;
      if (field.startsWith('details.')) details[field.slice(8)] = value;
      else if (field.startsWith('alias:')) aliases.push([field, value as unknown as Alias]);
      else if (field.startsWith('address:')) addresses.push([field, value as unknown as Address]);
    }
    const value = (field: string) => this.valueAt(field, at, publisherOnly);
    return {
      heading: value('heading') as string | null,
      type: (value('type') ?? 'unknown') as PartyType,
      name: (value('name') ?? '') as string,
      aliases: inOrder(aliases),
      addresses: inOrder(addresses),
      programs: (value('programs') ?? []) as string[],
      identifiers: (value('identifiers') ?? []) as unknown as Identifier[],
      licence: value('licence') as unknown as Licence | null,
      citations: (value('citations') ?? []) as unknown as Citation[],
      remarks: value('remarks') as string | null,
      declaredFrom: value('declaredFrom') as string | null,
      inForceUntil: value('inForceUntil') as string | null,
      details: sortedByKey(details),
    };
  }

  /** Every moment from `since` on at which any field has an entry, ascending. */
  moments(since: Moment = ''): Moment[] {
    const moments = new Set<Moment>();
    for (const entries of this.fields.values()) {
      for (let index = entries.length - 1; index >= 0 && entries[index]!.at >= since; index--) moments.add(entries[index]!.at);
    }
    return [...moments].sort();
  }

  /** The latest moment of any entry, or null for an empty timeline. */
  lastMoment(): Moment | null {
    let last: Moment | null = null;
    for (const entries of this.fields.values()) {
      const entry = entries[entries.length - 1];
      if (entry && (last === null || entry.at > last)) last = entry.at;
    }
    return last;
  }

  hasCorrections(): boolean {
    for (const entries of this.fields.values()) if (entries.some((entry) => entry.layer === 1)) return true;
    return false;
  }

  copy(): Timeline {
    const copy = new Timeline();
    copy.replaceBy(this);
    return copy;
  }

  /** All entries, in an order that depends on nothing but their content. */
  written(): WrittenEntry[] {
    const written: WrittenEntry[] = [];
    for (const field of [...this.fields.keys()].sort()) {
      for (const { at, layer, value, dating } of this.fields.get(field)!) written.push([field, at, layer, value, dating]);
    }
    return written;
  }

  /** Takes the place of all that was known. */
  replaceBy({ fields }: Timeline): void {
    this.fields.clear();
    this.begun = null;
    for (const [field, entries] of fields) this.fields.set(field, [...entries]);
  }

  static fromWritten(written: readonly WrittenEntry[]): Timeline {
    const timeline = new Timeline();
    for (const [field, at, layer, value, dating] of written) timeline.set(field, at, value, dating, layer);
    return timeline;
  }
}

export interface Entry {
  at: Moment;
  layer: 0 | 1;
  value: Json;
  dating: Dating;
}

/** A listing state as fields of a timeline: aliases and addresses each under a key made of all that they say. */
export function fieldsOf(state: ListingState): Map<string, Json> {
  const fields = new Map<string, Json>();
  const { aliases, addresses, details, ...plain } = state;
  for (const [field, value] of Object.entries(plain)) fields.set(field, value as Json);
  for (const [key, alias] of elementKeys(aliases, aliasKey)) fields.set(`alias:${key}`, alias as unknown as Json);
  for (const [key, address] of elementKeys(addresses, addressKey)) {
    fields.set(`address:${key}`, address as unknown as Json);
  }
  for (const [key, value] of Object.entries(details)) fields.set(`details.${key}`, value);
  return fields;
}

/** The same state in the order in which a timeline gives it back: aliases, addresses and details sorted. */
export function canonicalState(state: ListingState): ListingState {
  const aliases = [...elementKeys(state.aliases, aliasKey)];
  const addresses = [...elementKeys(state.addresses, addressKey)];
  return {
    heading: state.heading,
    type: state.type,
    name: state.name,
    aliases: inOrder(aliases),
    addresses: inOrder(addresses),
    programs: state.programs,
    identifiers: state.identifiers,
    licence: state.licence,
    citations: state.citations,
    remarks: state.remarks,
    declaredFrom: state.declaredFrom,
    inForceUntil: state.inForceUntil,
    details: sortedByKey(state.details),
  };
}

/** The group of fields that an edition can be silent on, to which `field` belongs; `listing` for all others. */
export function groupOf(field: string): string {
  if (field.startsWith('alias:')) return 'aliases';
  if (field.startsWith('address:')) return 'addresses';
  return field.startsWith('details.') ? field : 'listing';
}

function isAfter(entry: Entry, at: Moment, layer: 0 | 1): boolean {
  return entry.at > at || (entry.at === at && entry.layer > layer);
}

function lastEntry(entries: readonly Entry[] | undefined, matches: (entry: Entry) => boolean): Entry | undefined {
  if (!entries) return undefined;
  for (let index = entries.length - 1; index >= 0; index--) if (matches(entries[index]!)) return entries[index];
  return undefined;
}

function inOrder<T extends { number: string | null }>(keyed: [string, T][]): T[] {
  keyed.sort(([keyA, a], [keyB, b]) => Number(a.number ?? 0) - Number(b.number ?? 0) || (keyA < keyB ? -1 : 1));
  return keyed.map(([, element]) => element);
}

function sortedByKey(details: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1)));
}
