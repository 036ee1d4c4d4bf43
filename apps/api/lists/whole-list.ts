import { Readable } from 'node:stream';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { copyList } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import type { Rests } from '../asking/rests.js';
import { listRests } from './list-as-of.js';
import { csvOfLines } from './list-csv.js';

/** A whole list on a day, in one stream. */
export class WholeList {
  constructor(
    readonly list: string,
    readonly moments: Moments,
    readonly format: 'ndjson' | 'csv',
  ) {}
}

export interface WholeListAnswer {
  rests: Rests;
  total: number;
  /** NDJSON, a listing a line; or CSV with a header. */
  stream: Readable;
}

@QueryHandler(WholeList)
export class WholeListHandler implements IQueryHandler<WholeList, WholeListAnswer> {
  constructor(private readonly database: Database) {}

  async execute({ list, moments, format }: WholeList): Promise<WholeListAnswer> {
    const { pool } = this.database;
    const { held, total, rests } = await listRests(pool, list, moments);
    const at = { list, date: moments.asOf, position: moments.knownAt.position };
    const lines = held ? await copyList(pool, at, held) : Readable.from([]);
    return { rests, total, stream: format === 'csv' ? csvOfLines(lines) : lines };
  }
}
