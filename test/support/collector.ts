import { createHash } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import { readEvents, snapToBatch, type RecordedEvent } from '@listory/event-log';
import { endOfDaySeconds, secondsOf, type Json, type ListingState, type Moment } from '@listory/listings';
import type { Database } from '@listory/postgres';
import { openEdition, type SourceDocument } from '@listory/sources';
import { catchUpViews, prepareViews } from '@listory/views';
import type { Pool } from 'pg';
import { CorrectListing, CorrectListingHandler } from '../../apps/collector/correct-listing.js';
import { DiscardEdition, DiscardEditionHandler, ReleaseEdition, ReleaseEditionHandler } from '../../apps/collector/decide-held.js';
import type { HoldLimits } from '../../apps/collector/hold.js';
import { ImportEdition, ImportEditionHandler, type ImportResult } from '../../apps/collector/import-edition.js';
import { LinkListings, LinkListingsHandler, UnlinkListing, UnlinkListingHandler, type IdentityDecided } from '../../apps/collector/link-listings.js';
import type { Finding } from '../../apps/listory/verification/finding.js';
import { verify } from '../../apps/listory/verification/verify.js';
import { freshDatabase, type FreshDatabase } from './database.js';

/** The day on which tests import, where they do not say otherwise. */
export const TODAY = '2030-01-01';

/** How a test imports an edition; what is left out is as a plain `listory import` has it. */
export type Importing = Partial<ImportEdition['options']>;

/** One listing as a view shows it. */
export interface Shown {
  listing: string;
  listedFrom: string;
  listedUntil: string | null;
  state: ListingState;
}

/** The collector at work on a database, without NestJS: what `listory import`, `release`, `correct` … do. */
export class Collector {
  readonly pool: Pool;

  constructor(
    readonly database: Database,
    readonly drop: () => Promise<void> = async () => {},
    readonly url = '',
  ) {
    this.pool = database.pool;
  }

  /** On a database of its own, which `drop` removes. */
  static async fresh(options: Parameters<typeof freshDatabase>[0] = {}): Promise<Collector> {
    const fresh: FreshDatabase = await freshDatabase(options);
    await prepareViews(fresh.database.pool);
    await catchUpViews(fresh.database.pool);
    return new Collector(fresh.database, fresh.drop, fresh.url);
  }

  import(source: string, documents: readonly SourceDocument[], options: Importing = {}): Promise<ImportResult[]> {
    const given = { via: 'a test', limits: new Map(), today: TODAY, ...options };
    return new ImportEditionHandler(this.database).execute(new ImportEdition(source, documents, given));
  }

  /** Imports an edition that speaks of one list. */
  async importOne(source: string, documents: readonly SourceDocument[], options: Importing = {}): Promise<ImportResult> {
    const results = await this.import(source, documents, options);
    if (results.length !== 1) throw new Error(`${results.length} results: ${results.map((one) => one.list).join(', ')}`);
    return results[0]!;
  }

  /** Imports a file or folder, released whatever it removes. */
  async importPath(source: string, path: string, options: Importing = {}): Promise<ImportResult[]> {
    return this.import(source, await openEdition(path), { via: path, releaseReason: 'known to be right', ...options });
  }

  release(edition: string, options: { date?: string; limits?: HoldLimits; reason?: string } = {}): Promise<ImportResult[]> {
    const { reason = 'seen', limits = new Map(), ...rest } = options;
    const bus = { execute: (command: ImportEdition) => new ImportEditionHandler(this.database).execute(command) };
    const handler = new ReleaseEditionHandler(this.database, bus as unknown as CommandBus);
    return handler.execute(new ReleaseEdition(edition, reason, 'tester', { limits, today: TODAY, ...rest }));
  }

  discard(edition: string, reason = 'damaged') {
    return new DiscardEditionHandler(this.database).execute(new DiscardEdition(edition, reason, 'tester'));
  }

  /** @param change `value` of a field, or of the alias or address to add; `remove` the alias or address to take away */
  correct(listing: string, field: string, change: { value?: Json; remove?: string; from?: string }) {
    const { value = null, remove = null, from } = change;
    const command = new CorrectListing(listing, field, remove, value, 'misprint', 'tester', from);
    return new CorrectListingHandler(this.database).execute(command);
  }

  link(listing: string, other: string): Promise<IdentityDecided> {
    return new LinkListingsHandler(this.database).execute(new LinkListings(listing, other, 'the same party', 'tester'));
  }

  unlink(listing: string, other: string | null, from: string | null = null): Promise<IdentityDecided> {
    return new UnlinkListingHandler(this.database).execute(new UnlinkListing(listing, other, from, 'two parties', 'tester'));
  }

  /** The list as of the end of a day, as known at a position (default: now), by listing. */
  async viewOf(list: string, date: string, known?: bigint): Promise<Map<string, Shown>> {
    return this.rowsAt(list, endOfDaySeconds(date), known);
  }

  /** The list as of one moment, which may be in mid-day. */
  async viewAt(list: string, moment: Moment): Promise<Map<string, Shown>> {
    return this.rowsAt(list, secondsOf(moment));
  }

  private async rowsAt(list: string, seconds: number, known?: bigint): Promise<Map<string, Shown>> {
    const position = known === undefined ? '9223372036854775806' : String(await snapToBatch(this.pool, known));
    const { rows } = await this.pool.query<{ listing: string; listed_from: string; listed_until: string | null; declared_from: string | null; body: string }>(
      `select v.listing, v.listed_from, v.listed_until, v.declared_from, s.body
         from listings.versions v join listings.states s using (state_id)
        where v.list = $1 and v.valid_from <= $2 and v.valid_to > $2 and v.known_from <= $3 and v.known_to > $3 order by v.listing`,
      [list, seconds, position],
    );
    return new Map(
      rows.map(({ listing, listed_from: listedFrom, listed_until: listedUntil, declared_from: declaredFrom, body }) => {
        const { id: _id, list: _list, ...content } = JSON.parse(body) as ListingState & { id: string; list: string };
        return [listing, { listing, listedFrom, listedUntil, state: { ...content, declaredFrom } }];
      }),
    );
  }

  /** The names on a list as of a day, sorted. */
  async namesOn(list: string, date: string, known?: bigint): Promise<string[]> {
    return [...(await this.viewOf(list, date, known)).values()].map(({ state }) => state.name).sort();
  }

  /** The id of the listing that bears this name on a day. */
  async idOf(list: string, name: string, date: string): Promise<string> {
    const found = [...(await this.viewOf(list, date)).values()].filter(({ state }) => state.name === name);
    if (found.length !== 1) throw new Error(`${found.length} listings are named '${name}' on ${date}`);
    return found[0]!.listing;
  }

  /** Everything that is still known of these lists' valid time, as one hash: equal histories, equal hashes. */
  async md5OfHistory(...lists: string[]): Promise<string> {
    const { rows } = await this.pool.query<{ line: string }>(
      `select concat_ws('|', listing, valid_from, valid_to, state_id, listed_from, listed_until) collate "C" as line from listings.versions
        where known_to = 9223372036854775807 and list = any($1) order by 1`,
      [lists],
    );
    return createHash('md5').update(rows.map((row) => row.line).join('\n')).digest('hex');
  }

  /** What was recorded, without positions of its own interest: all of a list, or of all lists. */
  events(list?: string, after = 0n): Promise<RecordedEvent[]> {
    return readEvents(this.pool, list === undefined ? { after } : { after, list });
  }

  /** Kinds and effective dates of the change events of a list after a position. */
  async changes(list: string, after = 0n): Promise<string[]> {
    const events = await this.events(list, after);
    return events.filter(({ type }) => !/^(edition|fetch)\./.test(type)).map(({ type, effectiveAt, cause }) => `${type} ${effectiveAt} ${cause}`);
  }

  /** What `listory verify` finds wrong. */
  verify(samples = 2): Promise<Finding[]> {
    return verify(this.pool, samples);
  }

  /** Runs SQL as the owner of the tables, past every guard of a table against change. */
  async tamper(table: string, sql: string, values: unknown[] = []): Promise<void> {
    await this.pool.query(`alter table ${table} disable trigger user`);
    await this.pool.query(sql, values);
    await this.pool.query(`alter table ${table} enable trigger user`);
  }
}
