import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { troubles } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { knownOf } from '../asking/rests.js';

/** Editions that were held, those that wait for a person first; and the latest fetches that were refused or failed. */
export class Troubles {
  constructor(
    readonly moments: Moments,
    readonly limit: number,
  ) {}
}

@QueryHandler(Troubles)
export class TroublesHandler implements IQueryHandler<Troubles> {
  constructor(private readonly database: Database) {}

  async execute({ moments: { knownAt }, limit }: Troubles) {
    return { knownAt: knownOf(knownAt), ...(await troubles(this.database.pool, knownAt.position, limit)) };
  }
}
