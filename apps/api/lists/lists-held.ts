import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Freshness } from '@listory/fetching';
import { Database } from '@listory/postgres';
import { editionsAround, listSummaries, publicationSummaries, weakestBasis, type ListSummary, type PublicationSummary } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { freshnessLately } from '../asking/fetching.js';
import { compilations, memberListsOf } from '../asking/known-lists.js';
import { restsOf, type Rests } from '../asking/rests.js';
import { basisOfList } from './basis-of-list.js';

/** Every list of which something is held. */
export class ListsHeld {
  constructor(readonly moments: Moments) {}
}

export interface ListsAnswer extends Rests {
  total: number;
  lists: ListSummary[];
  /** What was fetched, and what came of the last time: also of compilations, which are no lists. */
  publications: (PublicationSummary & { lists: readonly string[]; schedule?: ScheduleAnswer })[];
  next: null;
}

@QueryHandler(ListsHeld)
export class ListsHeldHandler implements IQueryHandler<ListsHeld, ListsAnswer> {
  constructor(private readonly database: Database) {}

  async execute({ moments }: ListsHeld): Promise<ListsAnswer> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const [lists, publications, held, fetching] = await Promise.all([
      listSummaries(pool, asOf, knownAt.position, compilations),
      publicationSummaries(pool, knownAt.position),
      editionsAround(pool, null, asOf, knownAt.position),
      freshnessLately(pool),
    ]);
    const bases = held.map((one) => basisOfList(pool, one, moments, lists.find(({ list }) => list === one.list)?.listings ?? 0));
    return {
      ...restsOf(moments, weakestBasis(await Promise.all(bases)), held),
      total: lists.length,
      lists,
      publications: publications.map((one) => ({ ...one, lists: memberListsOf(one.publication), ...scheduleOf(one.publication, fetching) })),
      next: null,
    };
  }
}

/** How a publication is fetched by the clock. */
interface ScheduleAnswer {
  reached: string | null;
  due: string;
  failures: number;
  stale: boolean;
}

function scheduleOf(publication: string, all: readonly Freshness[]): { schedule?: ScheduleAnswer } {
  const found = all.find(({ source }) => source === publication);
  return found ? { schedule: { reached: found.reachedAt, due: found.nextDue, failures: found.failures, stale: found.isStale } } : {};
}

/** What is held of one list. */
export class OneListHeld {
  constructor(
    readonly list: string,
    readonly moments: Moments,
  ) {}
}

@QueryHandler(OneListHeld)
export class OneListHeldHandler implements IQueryHandler<OneListHeld, Rests & { list: ListSummary }> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments }: OneListHeld): Promise<Rests & { list: ListSummary }> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const [[summary = nothingHeld(list)], [held = null]] = await Promise.all([
      listSummaries(pool, asOf, knownAt.position, compilations, list),
      editionsAround(pool, [list], asOf, knownAt.position),
    ]);
    return { ...restsOf(moments, await basisOfList(pool, held, moments, summary.listings), held ? [held] : []), list: summary };
  }
}

function nothingHeld(list: string): ListSummary {
  return { list, sources: [], editions: 0, first: null, last: null, checked: null, fetched: null, problem: null, waiting: 0, listings: 0 };
}
