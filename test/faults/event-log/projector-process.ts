import { follow, type RecordedEvent } from '@listory/event-log';
import { openDatabase } from '@listory/postgres';
import type pg from 'pg';

/**
 * A projector in a process of its own, for tests that kill it: `node … projector-process.ts URL`. Its view holds the last
 * event of each list and a count, so that an event applied twice or left out shows. It says `effect` when its effect is
 * made and not yet committed, and waits a moment then, so that it can be killed there.
 */
const [url] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const database = await openDatabase({ url, applicationName: 'projector under test' });
console.log('ready');
await follow(database.pool, { name: 'view', batchSize: 5, signal: stop.signal, handle: project });
await database.close();
console.log('ended');

async function project(client: pg.PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  for (const event of events) {
    await client.query(
      `insert into view (list, events, last, trace) values ($1, 1, $2, md5($2))
       on conflict (list) do update set events = view.events + 1, last = excluded.last, trace = md5(view.trace || excluded.last)`,
      [event.list, event.id],
    );
  }
  console.log(`effect ${events.at(-1)!.position}`);
}
