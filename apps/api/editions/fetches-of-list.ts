import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { countFetches, editionsAround, fetchesOfList, weakestBasis, type Fetch } from '@listory/views';
import type { Moments, Page } from '../asking/answerer.js';
import type { Place } from '../asking/cursor.js';
import { fetchedAs, listsNamed } from '../asking/known-lists.js';
import { restsOf, type Rests } from '../asking/rests.js';
import { basisOfList } from '../lists/basis-of-list.js';

/** Every fetch of a list or a compilation, unchanged and failed ones too, the latest first; of a list also those of compilations that hold it. */
export class FetchesOfList {
  constructor(
    readonly list: string,
    readonly moments: Moments,
    readonly page: Page,
  ) {}
}

export interface FetchesAnswer extends Rests {
  list: string;
  total: number;
  fetches: Fetch[];
  next: Place | null;
}

@QueryHandler(FetchesOfList)
export class FetchesOfListHandler implements IQueryHandler<FetchesOfList, FetchesAnswer> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments, page }: FetchesOfList): Promise<FetchesAnswer> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const before = page.after === null ? null : Number(page.after[0]);
    const names = fetchedAs(list);
    const [held, rows, total] = await Promise.all([
      editionsAround(pool, listsNamed(list), asOf, knownAt.position),
      fetchesOfList(pool, names, knownAt.position, before, page.limit + 1),
      page.total ?? countFetches(pool, names, knownAt.position),
    ]);
    const basis = weakestBasis(await Promise.all(held.map((one) => basisOfList(pool, one, moments, 1))));
    const fetches = rows.slice(0, page.limit);
    const next = rows.length > page.limit ? [fetches[fetches.length - 1]!.position] : null;
    return { list, ...restsOf(moments, basis, held), total, fetches, next };
  }
}
