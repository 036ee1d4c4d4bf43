import { addressId, foldAddress, foldName, type ListingEvent, type ListingState } from '@listory/listings';
import type { PoolClient } from 'pg';
import { copyRows } from '../copy-rows.js';
import { STILL_KNOWN } from './table.js';
import type { StoredState } from './state-id.js';

/** One rectangle of valid and known time, as stored. */
export interface Version {
  list: string;
  listing: string;
  /** Seconds since 1970; `validTo` is exclusive. */
  validFrom: number;
  validTo: number;
  knownFrom: bigint;
  /** null while it is still known. */
  knownTo: bigint | null;
  stateId: string;
  listedFrom: string;
  listedFromDating: string;
  listedUntil: string | null;
  listedUntilDating: string | null;
  dating: string;
  declaredFrom: string | null;
  inForceUntil: string | null;
}

/** The rows that one batch adds and closes, written together at its end. */
export class PendingRows {
  private readonly opened = new Set<Version>();
  private readonly closed: Version[] = [];
  private readonly states = new Map<string, PendingState>();
  private readonly listings = new Map<string, { list: string; position: bigint }>();
  private readonly keys = new Map<string, { list: string; key: string; listing: string }>();
  private readonly continued = new Map<string, string | null>();

  constructor(private readonly schema: string) {}

  /** How many states wait to be written, the most of it. */
  get size(): number {
    return this.states.size;
  }

  /** Notes that the listing exists, which publisher ids are read as it, and whether another goes on for it. */
  listing(event: ListingEvent, position: bigint): void {
    const { list, listing } = event;
    if (!this.listings.has(listing)) this.listings.set(listing, { list, position });
    const isIdentity = event.type === 'identity.linked' || event.type === 'identity.unlinked';
    if (isIdentity) this.continued.set(listing, event.data.continues ? null : event.data.other);
    const keys = isIdentity ? event.data.keys : event.type === 'listing.added' && event.data.key ? [event.data.key] : [];
    for (const key of keys) this.keys.set(`${list} ${key}`, { list, key, listing });
  }

  open(version: Version, stored: StoredState, state: ListingState): void {
    this.opened.add(version);
    this.states.set(stored.stateId, { stored, state });
  }

  close(version: Version, position: bigint): void {
    version.knownTo = position;
    if (!this.opened.has(version)) this.closed.push(version);
    else if (version.knownFrom === position) this.opened.delete(version);
  }

  async flush(client: PoolClient): Promise<void> {
    await this.insertListings(client);
    await this.closeVersions(client);
    await copyRows(client, `${this.schema}.versions`, VERSION_COLUMNS, [...this.opened].map(versionValues));
    const fresh = await this.unknownStates(client);
    const { schema } = this;
    const states = fresh.map(({ stored: { stateId, core, aliases, addresses, body } }) => [stateId, core, aliases, addresses, body]);
    await copyRows(client, `${schema}.states`, ['state_id', 'core_hash', 'aliases_hash', 'addresses_hash', 'body'], states);
    const { names, addresses, citations } = dictionariesOf(fresh);
    await copyRows(client, `${schema}.names`, ['state_id', 'folded', 'name', 'kind'], names);
    const addressColumns = ['state_id', 'address_id', 'text', 'folded', 'country'];
    await copyRows(client, `${schema}.state_addresses`, addressColumns, addresses);
    await copyRows(client, `${schema}.state_citations`, ['state_id', 'citation', 'volume', 'page'], citations);
  }

  private async insertListings(client: PoolClient): Promise<void> {
    const { schema } = this;
    const listings = [...this.listings].map(([listing, { list, position }]) => [listing, list, String(position)]);
    await insertRows(client, `${schema}.listings`, 'listing:text,list:text,first_position:bigint', listings, NOTHING);
    const keys = [...this.keys.values()].map(({ list, key, listing }) => [list, key, listing]);
    const replace = 'on conflict (list, key) do update set listing = excluded.listing';
    await insertRows(client, `${schema}.keys`, 'list:text,key:text,listing:text', keys, replace);
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
    const { rows } = await client.query<{ state_id: string }>(
      `select state_id from ${this.schema}.states where state_id = any($1)`,
      [[...this.states.keys()]],
    );
    for (const row of rows) this.states.delete(row.state_id);
    return [...this.states.values()];
  }
}

interface PendingState {
  stored: StoredState;
  state: ListingState;
}

/** Names, addresses and citations by which states can be found; each once a state. */
function dictionariesOf(states: readonly PendingState[]) {
  const names = new Map<string, (string | null)[]>();
  const addresses = new Map<string, (string | null)[]>();
  const citations = new Map<string, (string | number | null)[]>();
  for (const { stored, state } of states) {
    const id = stored.stateId;
    names.set(`${id} name`, [id, foldName(state.name), state.name, 'name']);
    for (const { name, kind } of state.aliases) names.set(`${id} ${kind} ${name}`, [id, foldName(name), name, kind]);
    for (const address of state.addresses) {
      const { text, country } = address;
      if (text.trim() === '') continue; // OFAC numbers some addresses that it does not know: no place to be found at.
      const addressKey = address.id ?? addressId(address);
      addresses.set(`${id} ${addressKey} ${text}`, [id, addressKey, text, foldAddress(text), country]);
    }
    for (const { text, volume, page } of state.citations) citations.set(`${id} ${text}`, [id, text, volume, page]);
  }
  return { names: [...names.values()], addresses: [...addresses.values()], citations: [...citations.values()] };
}

const NOTHING = 'on conflict do nothing';

const VERSION_COLUMNS = (
  'list listing valid_from valid_to known_from known_to state_id ' +
  'listed_from listed_from_dating listed_until listed_until_dating version_dating declared_from in_force_until'
).split(' ');

function versionValues(version: Version): (string | number | null)[] {
  const { list, listing, validFrom, validTo, knownFrom, knownTo, stateId } = version;
  const known = [String(knownFrom), String(knownTo ?? STILL_KNOWN)];
  const period = [version.listedFrom, version.listedFromDating, version.listedUntil, version.listedUntilDating];
  return [list, listing, validFrom, validTo, ...known, stateId, ...period, version.dating, version.declaredFrom, version.inForceUntil];
}

/** Inserts rows in one statement, one array a column. */
async function insertRows(
  client: PoolClient,
  table: string,
  columns: string,
  rows: readonly unknown[][],
  ending: string,
): Promise<void> {
  if (rows.length === 0) return;
  const specs = columns.split(',').map((column) => column.split(':') as [string, string]);
  const arrays = specs.map((_, index) => rows.map((row) => row[index]));
  const parameters = specs.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
  const names = specs.map(([name]) => name).join(', ');
  await client.query(`insert into ${table} (${names}) select * from unnest(${parameters}) ${ending}`, arrays);
}
