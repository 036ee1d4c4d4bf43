import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { addressesById, editionsAround, livesAtAddresses, weakestBasis, type FoundAddress } from '@listory/views';
import type { Pool } from 'pg';
import type { Moments } from '../asking/answerer.js';
import { distinctEditions, editionsUsed, restsOf, type EditionUsed, type Rests } from '../asking/rests.js';
import { standingOf } from '../listings/standing.js';
import { Problem } from '../problems.js';
import { atAddresses, type AtAddress } from './at-address.js';

/** Who was at an address and when, as known then. */
export class AddressHistory {
  constructor(
    readonly id: string,
    readonly moments: Moments,
  ) {}
}

/** Basis is how certain it is who is there on the day of asking; editions are those around that day, and around each day on which somebody came or went. */
export interface AddressHistoryAnswer extends Rests {
  id: string;
  addresses: FoundAddress[];
  /** The number of listings. */
  total: number;
  listings: AtAddress[];
  next: null;
}

@QueryHandler(AddressHistory)
export class AddressHistoryHandler implements IQueryHandler<AddressHistory, AddressHistoryAnswer> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where no listing had this address by then */
  async execute({ id, moments }: AddressHistory): Promise<AddressHistoryAnswer> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const addresses = await addressesById(pool, id);
    const finding = await livesAtAddresses(pool, addresses, null, knownAt.position);
    const listings = await atAddresses(pool, finding);
    if (listings.length === 0) throw new Problem('unknown-address', `No listing had an address '${id}' by then. Find ids with /v1/addresses?text=…`, { parameter: 'id' });
    const lists = [...new Set(listings.map((one) => one.list))];
    const held = await editionsAround(pool, lists, asOf, knownAt.position);
    const bases = finding.lives.map((life) => standingOf(life, held.find((one) => one.list === life.list), 'addresses', asOf).certainty.basis);
    const rests = restsOf(moments, weakestBasis(bases), held);
    const editions = distinctEditions([...(await editionsOfChanges(pool, listings, knownAt.position)), ...rests.editions]);
    return { id, ...rests, editions, addresses, total: listings.length, listings, next: null };
  }
}

/** The editions around each day on which a listing came to an address or left it, by list and date. */
async function editionsOfChanges(pool: Pool, listings: readonly AtAddress[], position: bigint): Promise<EditionUsed[]> {
  const days = new Map<string, { list: string; day: string }>();
  for (const { list, periods } of listings) {
    for (const day of periods.flatMap(({ from, until }) => [from, until ?? []].flat())) days.set(`${list} ${day}`, { list, day });
  }
  const around = await Promise.all(
    [...days.values()].map(async ({ list, day }) => (await editionsAround(pool, [list], day, position)).flatMap((one) => editionsUsed(one, day))),
  );
  return around.flat().sort((one, other) => (`${one.list} ${one.date}` < `${other.list} ${other.date}` ? -1 : 1));
}
