import { addressId, foldAddress, foldName, type ListingEvent, type ListingState } from '@listory/listings';
import type { PoolClient } from 'pg';
import { copyRows } from '../copy-rows.js';
import { PendingKeys } from './pending-keys.js';
import type { StoredState } from './state-id.js';
import { STILL_KNOWN } from './table.js';
import { VERSION_COLUMNS, versionValues, type Version } from './versions.js';

/** What is needed to fill empty tables listing by listing, where nobody has to ask what is in them. */
export interface Filling {
  keys: PendingKeys;
  /** The fingerprints of the sets of names and of addresses written so far. */
  sets: Set<string>;
}

/** The rows that one batch adds and closes, written together at its end. */
export class PendingRows {
  private readonly opened = new Set<Version>();
  private readonly closed: Version[] = [];
  private readonly states = new Map<string, PendingState>();
  private readonly listings = new Map<string, { list: string; position: bigint }>();
  private readonly continued = new Map<string, string | null>();
  private readonly keys: PendingKeys;

  /** @param filling given where the tables were empty and hold only what the same caller has flushed, of other listings */
  constructor(
    private readonly schema: string,
    private readonly filling: Filling | null = null,
  ) {
    this.keys = filling?.keys ?? new PendingKeys();
  }

  /** How many states wait to be written, the most of it. */
  get size(): number {
    return this.states.size;
  }

  /** Notes that the listing exists, which publisher ids are read as it, and whether another goes on for it. */
  listing(event: ListingEvent, position: bigint): void {
    const { list, listing } = event;
    if (!this.listings.has(listing)) this.listings.set(listing, { list, position });
    const key = (text: string, isDecided: boolean) => this.keys.add({ list, key: text, listing, position, isDecided });
    if (event.type === 'identity.linked' || event.type === 'identity.unlinked') {
      this.continued.set(listing, event.data.continues ? null : event.data.other);
      for (const text of event.data.keys) key(text, true);
    } else if (event.type === 'listing.added' && event.data.key) key(event.data.key, false);
  }

  /** @param stored null: this state of the listing was opened before */
  open(version: Version, stored: StoredState | null, state: ListingState): void {
    this.opened.add(version);
    if (stored) this.states.set(stored.stateId, { stored, state });
  }

  close(version: Version, position: bigint): void {
    version.knownTo = position;
    if (!this.opened.has(version)) this.closed.push(version);
    else if (version.knownFrom === position) this.opened.delete(version);
  }

  async flush(client: PoolClient): Promise<void> {
    const { schema } = this;
    await this.insertListings(client);
    await this.closeVersions(client);
    await copyRows(client, `${schema}.versions`, VERSION_COLUMNS, mapped(this.opened, versionValues));
    const states = await this.unknownStates(client);
    await copyRows(client, `${schema}.states`, STATE_COLUMNS, mapped(states, stateValues));
    const names = await this.unknownSets(client, 'names', states);
    await copyRows(client, `${schema}.names`, ['names_hash', 'folded', 'name', 'kind'], rowsOf(names, nameRows));
    const addresses = await this.unknownSets(client, 'addresses', states);
    await copyRows(client, `${schema}.addresses`, ['addresses_hash', 'address_id', 'text', 'folded', 'country'], rowsOf(addresses, addressRows));
  }

  private async insertListings(client: PoolClient): Promise<void> {
    const { schema } = this;
    const listings = [...this.listings];
    if (this.filling) {
      const values = mapped(listings, ([listing, { list, position }]) => [listing, list, position]);
      await copyRows(client, `${schema}.listings`, ['listing', 'list', 'first_position'], values);
    } else if (listings.length > 0) {
      await client.query(
        `insert into ${schema}.listings (listing, list, first_position) select * from unnest($1::text[], $2::text[], $3::bigint[]) on conflict do nothing`,
        [listings.map(([listing]) => listing), listings.map(([, { list }]) => list), listings.map(([, { position }]) => String(position))],
      );
    }
    if (!this.filling) await this.keys.flush(client, schema);
    for (const [listing, other] of this.continued) {
      await client.query(`update ${schema}.listings set continued_by = $2 where listing = $1`, [listing, other]);
    }
  }

  private async closeVersions(client: PoolClient): Promise<void> {
    if (this.closed.length === 0) return;
    await client.query(
      `update ${this.schema}.versions v set known_to = c.known_to
         from unnest($1::text[], $2::bigint[], $3::bigint[]) as c (listing, valid_from, known_to)
        where v.listing = c.listing and v.valid_from = c.valid_from and v.known_to = ${STILL_KNOWN}`,
      [
        this.closed.map((version) => version.listing),
        this.closed.map((version) => version.validFrom),
        this.closed.map((version) => String(version.knownTo)),
      ],
    );
  }

  /** The states that are not stored yet. */
  private async unknownStates(client: PoolClient): Promise<PendingState[]> {
    if (!this.filling && this.states.size > 0) {
      const { rows } = await client.query<{ state_id: string }>(
        `select state_id from ${this.schema}.states where state_id = any($1)`,
        [[...this.states.keys()]],
      );
      for (const row of rows) this.states.delete(row.state_id);
    }
    return [...this.states.values()];
  }

  /** One state for each set of names or of addresses that is not stored yet. */
  private async unknownSets(client: PoolClient, set: 'names' | 'addresses', states: readonly PendingState[]): Promise<Map<string, ListingState>> {
    const sets = new Map(states.map(({ stored, state }) => [stored[set], state]));
    if (this.filling) {
      const { sets: written } = this.filling;
      for (const hash of sets.keys()) {
        if (written.has(hash)) sets.delete(hash);
        else written.add(hash);
      }
    } else if (sets.size > 0) {
      const { rows } = await client.query<{ hash: string }>(
        `select distinct ${set}_hash as hash from ${this.schema}.${set} where ${set}_hash = any($1)`,
        [[...sets.keys()]],
      );
      for (const { hash } of rows) sets.delete(hash);
    }
    return sets;
  }
}

interface PendingState {
  stored: StoredState;
  state: ListingState;
}

type Row = readonly (string | number | bigint | null)[];

const STATE_COLUMNS = ['state_id', 'core_hash', 'aliases_hash', 'addresses_hash', 'names_hash', 'body'];

function stateValues({ stored }: PendingState): Row {
  return [stored.stateId, stored.core, stored.aliases, stored.addresses, stored.names, stored.body];
}

/** The names and aliases of a state, each once. */
function* nameRows(hash: string, { name: main, aliases }: ListingState): Generator<[string, Row]> {
  yield [`name ${main}`, [hash, foldName(main), main, 'name']];
  for (const { name, kind } of aliases) yield [`${kind} ${name}`, [hash, foldName(name), name, kind]];
}

function* addressRows(hash: string, state: ListingState): Generator<[string, Row]> {
  for (const address of state.addresses) {
    const { text, country } = address;
    if (text.trim() === '') continue; // OFAC numbers some addresses that it does not know: no place to be found at.
    const id = address.id ?? addressId(address);
    yield [`${id} ${text}`, [hash, id, text, foldAddress(text), country]];
  }
}

function* rowsOf(sets: ReadonlyMap<string, ListingState>, elements: (hash: string, state: ListingState) => Iterable<[string, Row]>): Generator<Row> {
  for (const [hash, state] of sets) yield* new Map(elements(hash, state)).values();
}

function* mapped<T, R>(values: Iterable<T>, one: (value: T) => R): Generator<R> {
  for (const value of values) yield one(value);
}
