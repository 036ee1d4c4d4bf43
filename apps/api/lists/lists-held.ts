import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { listSummaries, type ListSummary } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { knownOf } from '../asking/rests.js';

/** Every list of which something is held. */
export class ListsHeld {
  constructor(readonly moments: Moments) {}
}

@QueryHandler(ListsHeld)
export class ListsHeldHandler implements IQueryHandler<ListsHeld> {
  constructor(private readonly database: Database) {}

  async execute({ moments: { asOf, knownAt } }: ListsHeld) {
    return { knownAt: knownOf(knownAt), lists: await listSummaries(this.database.pool, asOf, knownAt.position) };
  }
}

/** What is held of one list. */
export class OneListHeld {
  constructor(
    readonly list: string,
    readonly moments: Moments,
  ) {}
}

@QueryHandler(OneListHeld)
export class OneListHeldHandler implements IQueryHandler<OneListHeld> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments: { asOf, knownAt } }: OneListHeld) {
    const [summary] = await listSummaries(this.database.pool, asOf, knownAt.position, list);
    return { knownAt: knownOf(knownAt), list: summary ?? nothingHeld(list) };
  }
}

function nothingHeld(list: string): ListSummary {
  return { list, sources: [], editions: 0, first: null, last: null, checked: null, fetched: null, waiting: 0, listings: 0 };
}
