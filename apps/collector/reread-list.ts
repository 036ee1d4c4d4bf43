import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readDocument } from '@listory/archive';
import { append, streamVersions } from '@listory/event-log';
import type { Counts } from '@listory/listings';
import { Database } from '@listory/postgres';
import { sources } from '@listory/sources';
import { catchUpViews, knownEditions, type KnownEdition } from '@listory/views';
import { compareList } from './compare-list.js';
import { UnknownListError } from './errors.js';
import { Recording } from './recording.js';

/**
 * Reads every archived edition of a list again. Where a better reader makes another reading of the same bytes, the
 * difference is recorded with cause `parser`, so that nobody takes it for a change that the publisher made.
 */
export class RereadList {
  constructor(
    readonly list: string,
    readonly onEdition: (edition: RereadEdition) => void = () => {},
  ) {}
}

/** What reading one edition again changed. */
export interface RereadEdition extends Counts {
  date: string;
  sha256: string;
  events: number;
}

@CommandHandler(RereadList)
export class RereadListHandler implements ICommandHandler<RereadList, RereadEdition[]> {
  constructor(private readonly database: Database) {}

  /**
   * Each edition is one append; broken off, it can be started again. Newest first, so that no edition has to put back
   * what the next one still reads in the old way.
   * @throws UnknownListError
   */
  async execute({ list, onEdition }: RereadList): Promise<RereadEdition[]> {
    const { pool } = this.database;
    await catchUpViews(pool);
    const editions = await knownEditions(pool, [list]);
    if (editions.length === 0) throw new UnknownListError(list, Object.keys(sources));
    const results: RereadEdition[] = [];
    for (const { moment } of editions.reverse()) {
      const result = await this.reread(list, moment);
      results.push(result);
      onEdition(result);
    }
    return results;
  }

  private async reread(list: string, moment: string): Promise<RereadEdition> {
    const { pool } = this.database;
    const expected = await streamVersions(pool, [list]);
    const editions = await knownEditions(pool, [list]);
    const edition = editions.find((one) => one.moment === moment)!;
    const reading = await this.readingOf(edition);
    const ref = { date: moment, sha256: edition.sha256 };
    const { events, counts, totals } = await compareList(pool, reading.list, ref, editions, 'parser');
    if (events.length > 0) {
      const recording = new Recording(expected);
      for (const event of events) recording.listing(event);
      const { sections, silentOn, rows } = reading.list;
      const about = { list, source: edition.source, edition: ref, publishedOn: reading.publishedOn, documents: edition.documents };
      const said = { sections, silentOn, rows: rows.length, totals, counts, outcome: 'changed', reason: 'read again' } as const;
      recording.edition('edition.recorded', edition.sha256, { ...about, ...said });
      await append(pool, { expected, events: recording.events });
      await catchUpViews(pool);
    }
    return { ...ref, ...counts, events: events.length };
  }

  private async readingOf({ list, source, documents }: KnownEdition) {
    const { pool } = this.database;
    const files = await Promise.all(documents.map(async ({ name, sha256 }) => ({ name, bytes: await readDocument(pool, sha256) })));
    const { lists, publishedOn } = sources[source]!.read(files);
    return { list: lists.find((one) => one.list === list)!, publishedOn };
  }
}
