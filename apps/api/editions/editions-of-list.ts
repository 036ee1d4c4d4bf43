import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { countEditions, editionsOfList } from '@listory/views';
import type { Moments, Page } from '../asking/answerer.js';
import { knownOf } from '../asking/rests.js';

/** The recorded editions of a list, the latest first. */
export class EditionsOfList {
  constructor(
    readonly list: string,
    readonly moments: Moments,
    readonly page: Page,
  ) {}
}

@QueryHandler(EditionsOfList)
export class EditionsOfListHandler implements IQueryHandler<EditionsOfList> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments: { knownAt }, page }: EditionsOfList) {
    const { pool } = this.database;
    const after = page.after && { date: String(page.after[0]), position: Number(page.after[1]) };
    const total = page.total ?? (await countEditions(pool, list, knownAt.position));
    const rows = await editionsOfList(pool, list, knownAt.position, after, page.limit + 1);
    const editions = rows.slice(0, page.limit);
    const last = editions[editions.length - 1];
    const next = rows.length > page.limit ? [last!.date, last!.recorded.position] : null;
    return { list, knownAt: knownOf(knownAt), total, editions, next };
  }
}
