import { relay, eventMessage, Kafka, topicNames } from '@listory/stream';
import pg from 'pg';

/**
 * A relay to be killed: `relaying.ts URL BROKERS PREFIX LEASE_MS`. It says `ready`, `owns P` when it begins to publish
 * after position P, `published P`, `waits WHY`, and `ended` on SIGTERM.
 */
const [url, brokers, prefix, leaseMs] = process.argv.slice(2) as [string, string, string, string];
const pool = new pg.Pool({ connectionString: url, application_name: 'relay under test' });
pool.on('error', () => {});
pool.on('connect', (client) => client.on('error', () => {}));
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
console.log('ready');
await relay(
  pool,
  new Kafka({ brokers: brokers.split(','), prefix }),
  {
    topic: topicNames(prefix).events,
    batchSize: 200,
    leaseMs: Number(leaseMs),
    messagesOf: (_client, events) => events.map((event) => eventMessage(event)),
    owning: (position) => console.log(`owns ${position}`),
    published: (position) => console.log(`published ${position}`),
    waiting: (error) => console.log(`waits ${String(error).split('\n')[0]}`),
  },
  stop.signal,
);
console.log('ended');
process.exit(0);
