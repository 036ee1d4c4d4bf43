import { addressId, foldAddress, foldName, type ListingEvent, type ListingState } from '@listory/listings';
import type { PoolClient } from 'pg';
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
  private readonly states = new Map<string, { stored: StoredState; state: ListingState }>();
  private readonly listings = new Map<string, { list: string; position: bigint }>();
  private readonly keys = new Map<string, { list: string; key: string; listing: string }>();
  private readonly continued = new Map<string, string | null>();

  constructor(private readonly schema: string) {}

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
    const versions = [...this.opened];
    await insertRows(client, `${this.schema}.versions`, VERSION_COLUMNS, versions.map(versionValues), '');
    const states = [...this.states.values()];
    const fresh = await this.insertStates(client, states.map((one) => one.stored));
    await this.insertDictionaries(client, states.filter((one) => fresh.has(one.stored.stateId)));
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

  private async insertStates(client: PoolClient, states: StoredState[]): Promise<Set<string>> {
    const columns = 'state_id:uuid,core_hash:text,aliases_hash:text,addresses_hash:text,body:text';
    const values = states.map(({ stateId, core, aliases, addresses, body }) => [stateId, core, aliases, addresses, body]);
    const rows = await insertRows(client, `${this.schema}.states`, columns, values, `${NOTHING} returning state_id`);
    return new Set(rows.map((row) => row.state_id as string));
  }

  /** Names, addresses and citations by which the states can be found. */
  private async insertDictionaries(client: PoolClient, states: { stored: StoredState; state: ListingState }[]): Promise<void> {
    const names: unknown[][] = [];
    const addresses: unknown[][] = [];
    const citations: unknown[][] = [];
    for (const { stored, state } of states) {
      const id = stored.stateId;
      names.push([id, foldName(state.name), state.name, 'name']);
      for (const alias of state.aliases) names.push([id, foldName(alias.name), alias.name, alias.kind]);
      for (const address of state.addresses) {
        if (address.text.trim() === '') continue; // OFAC numbers some addresses that it does not know: no place to be found at.
        addresses.push([id, address.id ?? addressId(address), address.text, foldAddress(address.text), address.country]);
      }
      for (const { text, volume, page } of state.citations) citations.push([id, text, volume, page]);
    }
    const { schema } = this;
    await insertRows(client, `${schema}.names`, 'state_id:uuid,folded:text,name:text,kind:text', names, NOTHING);
    const address = 'state_id:uuid,address_id:text,text:text,folded:text,country:text';
    await insertRows(client, `${schema}.state_addresses`, address, addresses, NOTHING);
    const citation = 'state_id:uuid,citation:text,volume:int,page:int';
    await insertRows(client, `${schema}.state_citations`, citation, citations, NOTHING);
  }
}

const NOTHING = 'on conflict do nothing';

const VERSION_COLUMNS =
  'list:text,listing:text,valid_from:bigint,valid_to:bigint,known_from:bigint,known_to:bigint,state_id:uuid,' +
  'listed_from:text,listed_from_dating:text,listed_until:text,listed_until_dating:text,version_dating:text,' +
  'declared_from:text,in_force_until:text';

function versionValues(version: Version): unknown[] {
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
): Promise<Record<string, unknown>[]> {
  if (rows.length === 0) return [];
  const specs = columns.split(',').map((column) => column.split(':') as [string, string]);
  const arrays = specs.map((_, index) => rows.map((row) => row[index]));
  const parameters = specs.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
  const names = specs.map(([name]) => name).join(', ');
  const result = await client.query(
    `insert into ${table} (${names}) select * from unnest(${parameters}) ${ending}`,
    arrays,
  );
  return result.rows as Record<string, unknown>[];
}
