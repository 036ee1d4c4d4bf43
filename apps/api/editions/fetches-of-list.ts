import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { countFetches, fetchesOfList } from '@listory/views';
import type { Moments, Page } from '../asking/answerer.js';
import { knownOf } from '../asking/rests.js';

/** Every fetch of a list or a compilation, unchanged and failed ones too, the latest first. */
export class FetchesOfList {
  constructor(
    readonly list: string,
    readonly moments: Moments,
    readonly page: Page,
  ) {}
}

@QueryHandler(FetchesOfList)
export class FetchesOfListHandler implements IQueryHandler<FetchesOfList> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments: { knownAt }, page }: FetchesOfList) {
    const { pool } = this.database;
    const before = page.after === null ? null : Number(page.after[0]);
    const total = page.total ?? (await countFetches(pool, list, knownAt.position));
    const rows = await fetchesOfList(pool, list, knownAt.position, before, page.limit + 1);
    const fetches = rows.slice(0, page.limit);
    const next = rows.length > page.limit ? [fetches[fetches.length - 1]!.position] : null;
    return { list, knownAt: knownOf(knownAt), total, fetches, next };
  }
}
