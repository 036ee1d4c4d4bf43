import { Readable } from 'node:stream';
import { Controller } from '@nestjs/common';
import { ref } from '@listory/contracts';
import { Database } from '@listory/postgres';
import { snapshotAt } from '@listory/views';
import { knownBy } from '../asking/known-at.js';
import { toJson } from '../asking/json-text.js';
import { listsNamed } from '../asking/known-lists.js';
import { Answers, Asking, type Asked } from '../asking/question.js';

@Controller('v1')
export class SnapshotController {
  constructor(private readonly database: Database) {}

  @Answers({
    path: 'snapshot',
    tag: 'events',
    summary: 'Every listing as of a position of the log, to go on from there with the events',
    description:
      'NDJSON: a first line `{"snapshot":{"position":N,"at":…,"lists":…}}`, then a listing a line, in the order of ids, also those that ' +
      'are no longer listed (`listedUntil`) or not yet; a last line `{"end":{"listings":N}}`, without which it was cut. ' +
      '`/v1/events?after=N`, or Kafka from there, tells all that came later, and nothing of what is in it.',
    query: { list: 'list', knownAt: 'knownAt' },
    answer: { 'application/x-ndjson': ref('SnapshotLine') },
    problems: [404],
  })
  async snapshot(@Asking() { parameters, reply }: Asked<{ list?: string; knownAt?: string }>): Promise<void> {
    const { pool } = this.database;
    const lists = listsNamed(parameters.list);
    const { position, at } = await knownBy(pool, parameters.knownAt);
    async function* lines(): AsyncGenerator<string> {
      yield `${toJson({ snapshot: { position, at, lists } })}\n`;
      let listings = 0;
      for await (const batch of snapshotAt(pool, lists, position)) {
        listings += batch.length;
        yield batch.map(({ json }) => `${json}\n`).join('');
      }
      yield `${toJson({ end: { listings } })}\n`;
    }
    reply.header('listory-known-at', `@${position}`).header('cache-control', 'no-store').type('application/x-ndjson');
    reply.send(Readable.from(lines(), { objectMode: false }));
  }
}
