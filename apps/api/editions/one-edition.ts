import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { editionsBySha256 } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { knownOf } from '../asking/rests.js';
import { Problem } from '../problems.js';

/** All that is known of the edition with this sha256: recorded, held, refused. */
export class OneEdition {
  constructor(
    readonly sha256: string,
    readonly moments: Moments,
  ) {}
}

@QueryHandler(OneEdition)
export class OneEditionHandler implements IQueryHandler<OneEdition> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where no edition of this sha256 was known by then */
  async execute({ sha256, moments: { knownAt } }: OneEdition) {
    const found = await editionsBySha256(this.database.pool, sha256, knownAt.position);
    if (found.recorded.length + found.held.length + found.fetches.length === 0) {
      throw new Problem('unknown-edition', `No edition with sha256 ${sha256} was known by then. See /v1/lists/{list}/editions.`, { parameter: 'sha256' });
    }
    return { sha256, knownAt: knownOf(knownAt), ...found };
  }
}
