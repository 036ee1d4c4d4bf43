import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { addressesById, editionsAround, livesAtAddresses } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { coverageOf, knownOf } from '../asking/rests.js';
import { Problem } from '../problems.js';
import { atAddresses } from './at-address.js';

/** Who was at an address and when, as known then. */
export class AddressHistory {
  constructor(
    readonly id: string,
    readonly moments: Moments,
  ) {}
}

@QueryHandler(AddressHistory)
export class AddressHistoryHandler implements IQueryHandler<AddressHistory> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where no listing had this address by then */
  async execute({ id, moments: { asOf, knownAt } }: AddressHistory) {
    const { pool } = this.database;
    const addresses = await addressesById(pool, id);
    const listings = await atAddresses(pool, await livesAtAddresses(pool, addresses, null, knownAt.position));
    if (listings.length === 0) throw new Problem('unknown-address', `No listing had an address '${id}' by then. Find ids with /v1/addresses?text=…`, { parameter: 'id' });
    const lists = [...new Set(listings.map((one) => one.list))];
    const coverage = coverageOf(await editionsAround(pool, lists, asOf, knownAt.position));
    return { id, knownAt: knownOf(knownAt), coverage, addresses, listings };
  }
}
