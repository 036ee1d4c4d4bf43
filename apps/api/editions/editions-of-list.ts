import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { countEditions, editionsAround, editionsOfList, type RecordedEdition } from '@listory/views';
import type { Moments, Page } from '../asking/answerer.js';
import type { Place } from '../asking/cursor.js';
import { restsOf, type Rests } from '../asking/rests.js';
import { basisOfList } from '../lists/basis-of-list.js';

/** The recorded editions of a list, the latest first. */
export class EditionsOfList {
  constructor(
    readonly list: string,
    readonly moments: Moments,
    readonly page: Page,
  ) {}
}

export interface EditionsAnswer extends Omit<Rests, 'editions'> {
  list: string;
  total: number;
  editions: RecordedEdition[];
  next: Place | null;
}

@QueryHandler(EditionsOfList)
export class EditionsOfListHandler implements IQueryHandler<EditionsOfList, EditionsAnswer> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments, page }: EditionsOfList): Promise<EditionsAnswer> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const after = page.after && { date: String(page.after[0]), position: Number(page.after[1]) };
    const [[held = null], rows, total] = await Promise.all([
      editionsAround(pool, [list], asOf, knownAt.position),
      editionsOfList(pool, list, knownAt.position, after, page.limit + 1),
      page.total ?? countEditions(pool, list, knownAt.position),
    ]);
    const rests = restsOf(moments, await basisOfList(pool, held, moments, 1), held ? [held] : []);
    const editions = rows.slice(0, page.limit);
    const last = editions[editions.length - 1];
    const next = rows.length > page.limit ? [last!.date, last!.recorded.position] : null;
    return { list, ...rests, total, editions, next };
  }
}
