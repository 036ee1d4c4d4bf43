import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { countInEffect, editionsAround, listingsPage, type ListKnowledge } from '@listory/views';
import type { Pool } from 'pg';
import type { Moments, Page } from '../asking/answerer.js';
import type { Place } from '../asking/cursor.js';
import { JsonText } from '../asking/json-text.js';
import { restsOf, type Rests } from '../asking/rests.js';
import { basisOf, disagreementAbout } from './basis-of-list.js';

/** A list on a day: one page of it. */
export class ListAsOf {
  constructor(
    readonly list: string,
    readonly moments: Moments,
    readonly page: Page,
  ) {}
}

export interface ListAnswer extends Rests {
  undated?: { added: number; removed: number };
  total: number;
  listings: JsonText[];
  next: Place | null;
}

@QueryHandler(ListAsOf)
export class ListAsOfHandler implements IQueryHandler<ListAsOf, ListAnswer> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments, page }: ListAsOf): Promise<ListAnswer> {
    const { pool } = this.database;
    const at = { list, date: moments.asOf, position: moments.knownAt.position };
    const { held, total, rests } = await listRests(pool, list, moments, page.total);
    const after = page.after === null ? '' : String(page.after[0]);
    const rows = held ? await listingsPage(pool, at, held, after, page.limit + 1) : [];
    const shown = rows.slice(0, page.limit);
    const next = rows.length > page.limit ? [shown[shown.length - 1]!.id] : null;
    return { ...rests, total, listings: shown.map((row) => new JsonText(row.json)), next };
  }
}

/** What an answer about a whole list rests on, and how many listings were in effect. */
export async function listRests(
  pool: Pool,
  list: string,
  moments: Moments,
  knownTotal: number | null = null,
): Promise<{ held: ListKnowledge | null; total: number; rests: Rests & { undated?: { added: number; removed: number } } }> {
  const { asOf, knownAt } = moments;
  const [held = null] = await editionsAround(pool, [list], asOf, knownAt.position);
  const [total, disagreement] = await Promise.all([
    knownTotal ?? countInEffect(pool, { list, date: asOf, position: knownAt.position }),
    disagreementAbout(pool, held, moments),
  ]);
  const rests = restsOf(moments, basisOf(held, asOf, total, disagreement), held ? [held] : []);
  const undated = disagreement && { added: disagreement.addedUndated, removed: disagreement.removedUndated };
  return { held, total, rests: { ...rests, ...(undated && undated.added + undated.removed > 0 ? { undated } : {}) } };
}
