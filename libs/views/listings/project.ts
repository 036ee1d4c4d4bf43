import { setImmediate as listen } from 'node:timers/promises';
import { readEvents, type RecordedEvent } from '@listory/event-log';
import type { ListingEvent } from '@listory/listings';
import type { PoolClient } from 'pg';
import { isListingEvent, listingEventOf } from './listing-event.js';
import { ListingRows } from './listing-rows.js';
import { PendingRows } from './pending-rows.js';
import { versionOfRow, type Version } from './versions.js';

/** At most this many listings are kept in memory between batches. */
const REMEMBERED = 40_000;

/** Rows that wait until they are written together: enough for a statement to be worth its while, few enough for memory. */
const PENDING = 2_000;

/** After so many listings it looks whether PostgreSQL wants more of what is being written. */
const LISTENING = 32;

/** Keeps the listings view in step with the log. Batches hold whole appends, in order. */
export class ListingsProjection {
  private readonly remembered = new Map<string, ListingRows>();
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
    const relevant = events.filter(isListingEvent);
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
        this.remembered.get(events[0]!.subject)!.apply(events, rows);
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
    const ofListings = new Map<string, { first: RecordedEvent; count: number }>();
    for (const event of events) {
      const known = ofListings.get(event.subject);
      if (known) known.count++;
      else ofListings.set(event.subject, { first: event, count: 1 });
    }
    const partial = [...ofListings.keys()].filter((listing) => this.remembered.get(listing)?.isWhole === false);
    const unknown = [...ofListings.keys()].filter((listing) => !this.remembered.has(listing));
    const existing = new Set(await this.existing(client, unknown));
    for (const listing of unknown) {
      const { first, count } = ofListings.get(listing)!;
      if (!existing.has(listing)) this.remembered.set(listing, ListingRows.unheardOf({ onlyAdded: count === 1 && first.type === 'listing.added' }));
    }
    await this.recallWhole(client, [...existing], partial, after);
  }

  private async existing(client: PoolClient, listings: readonly string[]): Promise<string[]> {
    if (listings.length === 0) return [];
    const { rows } = await client.query<{ listing: string }>(`select listing from ${this.schema}.listings where listing = any($1)`, [listings]);
    return rows.map((row) => row.listing);
  }

  /** @param forgotten listings of which nothing is in memory @param partial those of which the rows are */
  private async recallWhole(client: PoolClient, forgotten: string[], partial: string[], after: bigint): Promise<void> {
    const listings = [...forgotten, ...partial];
    if (listings.length === 0) return;
    const histories = new Map<string, ListingEvent[]>(listings.map((listing) => [listing, []]));
    for (const event of await readEvents(client, { after: 0n, upTo: after, subjects: listings })) {
      const known = listingEventOf(event);
      if (known) histories.get(event.subject)!.push(known);
    }
    const versions = await this.openVersions(client, forgotten);
    for (const listing of partial) versions.set(listing, [...this.remembered.get(listing)!.known]);
    for (const [listing, history] of histories) this.remembered.set(listing, ListingRows.recalled(history, versions.get(listing) ?? []));
  }

  private async openVersions(client: PoolClient, listings: string[]): Promise<Map<string, Version[]>> {
    const versions = new Map<string, Version[]>(listings.map((listing) => [listing, []]));
    if (listings.length === 0) return versions;
    const { rows } = await client.query<Record<string, string>>(
      `select * from ${this.schema}.versions where known_to = 9223372036854775807 and listing = any($1)`,
      [listings],
    );
    for (const row of rows) versions.get(row.listing!)!.push(versionOfRow(row));
    return versions;
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
