import { setImmediate as listen } from 'node:timers/promises';
import {
  evolve,
  fold,
  segmentsOf,
  secondsOf,
  END_OF_TIME_SECONDS,
  type ListingEvent,
  type Segment,
  type Timeline,
} from '@listory/listings';
import { readEvents, type RecordedEvent } from '@listory/event-log';
import type { PoolClient } from 'pg';
import { storedState, type StoredState } from './state-id.js';
import { PendingRows, type Version } from './pending-rows.js';

const LISTING_EVENT = /^(listing|alias|address|programs|identifiers|licence|citations|remarks|details|identity)\./;

/** At most this many listings are kept in memory between batches. */
const REMEMBERED = 40_000;

/** Rows that wait until they are written together: enough for a statement to be worth its while, few enough for memory. */
const PENDING = 2_000;

/** After so many listings it looks whether PostgreSQL wants more of what is being written. */
const LISTENING = 32;

/** What the projection remembers of a listing: its timeline where it was needed, and its rows that are still known. */
interface Remembered {
  timeline: Timeline | null;
  open: Version[];
}

/** A recorded event as the domain knows it, or null when it is not about a listing. */
export function listingEventOf(event: RecordedEvent): ListingEvent | null {
  if (!LISTING_EVENT.test(event.type)) return null;
  const { type, list, subject, effectiveAt, cause, changeClass, data } = event;
  return { type, list, listing: subject, effectiveAt, cause, changeClass, data } as unknown as ListingEvent;
}

/** Keeps the listings view in step with the log. Batches hold whole appends, in order. */
export class ListingsProjection {
  private readonly remembered = new Map<string, Remembered>();
  private upTo = 0n;

  /** @param schema where the tables are: `listings`, or the one that a rebuild fills beside it */
  constructor(private readonly schema: string) {}

  /**
   * Applies `events`, which follow position `after` without a gap, within the caller's transaction.
   * Drops what it remembers when another process has applied events in between.
   */
  async apply(client: PoolClient, events: readonly RecordedEvent[], after: bigint): Promise<void> {
    if (after !== this.upTo || this.remembered.size > REMEMBERED) this.remembered.clear();
    this.upTo = -1n;
    const relevant = events.filter((event) => LISTING_EVENT.test(event.type));
    await this.recall(client, relevant, after);
    await this.write(client, byAppendAndListing(relevant));
    if (events.length > 0) this.upTo = events[events.length - 1]!.position;
    else this.upTo = after;
  }

  /** Writes a piece while the next one is made: PostgreSQL works on another core. */
  private async write(client: PoolClient, parts: Iterable<readonly RecordedEvent[]>): Promise<void> {
    let rows = new PendingRows(this.schema);
    let writing = Promise.resolve();
    let applied = 0;
    try {
      for (const events of parts) {
        this.applyToListing(events, rows);
        if (++applied % LISTENING === 0) await listen();
        if (rows.size < PENDING) continue;
        await writing;
        writing = rows.flush(client);
        writing.catch(() => {}); // It is thrown where it is awaited.
        rows = new PendingRows(this.schema);
      }
    } finally {
      await writing; // Nothing may be written any more when the transaction ends.
    }
    await rows.flush(client);
  }

  /** Brings back what was known of the listings that the events are about. */
  private async recall(client: PoolClient, events: readonly RecordedEvent[], after: bigint): Promise<void> {
    const counts = new Map<string, number>();
    for (const event of events) counts.set(event.subject, (counts.get(event.subject) ?? 0) + 1);
    const unknown = [...counts.keys()].filter((listing) => !this.remembered.has(listing));
    const { rows } = await client.query<{ listing: string }>(
      `select listing from ${this.schema}.listings where listing = any($1)`,
      [unknown],
    );
    const existing = rows.map((row) => row.listing);
    const needed = [...counts.keys()].filter((listing) => this.remembered.get(listing)?.timeline === null);
    const firsts = new Map<string, RecordedEvent>();
    for (const event of events) if (!firsts.has(event.subject)) firsts.set(event.subject, event);
    for (const listing of unknown) {
      const single = counts.get(listing) === 1 && firsts.get(listing)!.type === 'listing.added';
      this.remembered.set(listing, { timeline: single ? null : fold([]), open: [] });
    }
    await this.recallTimelines(client, [...existing, ...needed], after);
    await this.recallOpenVersions(client, existing);
  }

  private async recallTimelines(client: PoolClient, listings: string[], after: bigint): Promise<void> {
    if (listings.length === 0) return;
    const histories = new Map<string, ListingEvent[]>(listings.map((listing) => [listing, []]));
    for (const event of await readEvents(client, { after: 0n, upTo: after, subjects: listings })) {
      const known = listingEventOf(event);
      if (known) histories.get(event.subject)!.push(known);
    }
    for (const [listing, history] of histories) {
      this.remembered.set(listing, { timeline: fold(history), open: this.remembered.get(listing)?.open ?? [] });
    }
  }

  private async recallOpenVersions(client: PoolClient, listings: string[]): Promise<void> {
    if (listings.length === 0) return;
    const { rows } = await client.query<Record<string, string>>(
      `select * from ${this.schema}.versions where known_to = 9223372036854775807 and listing = any($1)`,
      [listings],
    );
    for (const row of rows) this.remembered.get(row.listing!)!.open.push(versionOfRow(row));
  }

  /** Applies the events about one listing of one append: before and after them something is known, between them nothing. */
  private applyToListing(events: readonly RecordedEvent[], rows: PendingRows): void {
    const { batchEnd: position, list, subject: listing } = events[0]!;
    const known = this.remembered.get(listing)!;
    for (const event of events) {
      const listingEvent = listingEventOf(event)!;
      rows.listing(listingEvent, event.position);
      if (known.timeline) evolve(known.timeline, listingEvent);
      else this.insertFirst(known, listingEvent, position, rows);
    }
    if (!known.timeline) return;
    const wanted = segmentsOf(known.timeline).map((segment) => versionOf(list, listing, segment, position));
    known.open = replaceVersions(known.open, wanted, position, rows);
  }

  /** The short way for a listing whose only event is that it was added: most of every baseline. */
  private insertFirst(known: Remembered, event: ListingEvent, position: bigint, rows: PendingRows): void {
    if (event.type !== 'listing.added') throw new Error(`${event.listing} has a ${event.type} before it was added`);
    const { listing: state, dating } = event.data;
    const from = event.effectiveAt;
    const segment: Segment = {
      from,
      to: null,
      state,
      listedFrom: from,
      listedFromDating: dating,
      listedUntil: null,
      listedUntilDating: null,
      dating,
    };
    known.open = replaceVersions([], [versionOf(event.list, event.listing, segment, position)], position, rows);
  }
}

/** The events parted by append, and within it by listing, in the order in which each first appears. */
function* byAppendAndListing(events: readonly RecordedEvent[]): Generator<RecordedEvent[]> {
  let append = new Map<string, RecordedEvent[]>();
  let end: bigint | null = null;
  for (const event of events) {
    if (event.batchEnd !== end) {
      yield* append.values();
      append = new Map();
      end = event.batchEnd;
    }
    const ofListing = append.get(event.subject);
    if (ofListing) ofListing.push(event);
    else append.set(event.subject, [event]);
  }
  yield* append.values();
}

/** Closes what is no longer known and opens what is new; versions that stay keep their row. */
function replaceVersions(open: Version[], wanted: Wanted[], position: bigint, rows: PendingRows): Version[] {
  const keyed = new Map(open.map((version) => [keyOf(version), version]));
  const next: Version[] = [];
  for (const { version, state, segment } of wanted) {
    const same = keyed.get(keyOf(version));
    if (same) keyed.delete(keyOf(version));
    else rows.open(version, state, segment.state);
    next.push(same ?? version);
  }
  for (const version of keyed.values()) rows.close(version, position);
  return next;
}

interface Wanted {
  version: Version;
  state: StoredState;
  segment: Segment;
}

function versionOf(list: string, listing: string, segment: Segment, position: bigint): Wanted {
  const state = storedState(list, listing, segment.state);
  const version: Version = {
    list,
    listing,
    validFrom: secondsOf(segment.from),
    validTo: segment.to === null ? END_OF_TIME_SECONDS : secondsOf(segment.to),
    knownFrom: position,
    knownTo: null,
    stateId: state.stateId,
    listedFrom: segment.listedFrom,
    listedFromDating: segment.listedFromDating,
    listedUntil: segment.listedUntil,
    listedUntilDating: segment.listedUntilDating,
    dating: segment.dating,
    declaredFrom: segment.state.declaredFrom,
    inForceUntil: segment.state.inForceUntil,
  };
  return { version, state, segment };
}

function keyOf(version: Version): string {
  const { validFrom, validTo, stateId, listedFrom, listedFromDating, listedUntil, listedUntilDating, dating } = version;
  return [validFrom, validTo, stateId, listedFrom, listedFromDating, listedUntil, listedUntilDating, dating].join('|');
}

function versionOfRow(row: Record<string, string>): Version {
  return {
    list: row.list!,
    listing: row.listing!,
    validFrom: Number(row.valid_from),
    validTo: Number(row.valid_to),
    knownFrom: BigInt(row.known_from!),
    knownTo: null,
    stateId: row.state_id!,
    listedFrom: row.listed_from!,
    listedFromDating: row.listed_from_dating!,
    listedUntil: row.listed_until ?? null,
    listedUntilDating: row.listed_until_dating ?? null,
    dating: row.version_dating!,
    declaredFrom: row.declared_from ?? null,
    inForceUntil: row.in_force_until ?? null,
  };
}
