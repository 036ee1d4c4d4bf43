import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { headPosition } from '@listory/event-log';
import { createTopics, eventMessage, Kafka, relay, topicNames, topicPosition } from '@listory/stream';
import pg from 'pg';
import { Child, endChildren } from '../support/child.js';
import { Collector } from '../support/collector.js';
import { dropDatabase, emptyDatabase } from '../support/database.js';
import { sdnFiles } from '../support/editions.js';
import { brokerForTests, describeWithKafka, freshPrefix } from '../support/kafka.js';
import { runApi, type RunningApi } from './running-api.js';

const EXAMPLES = new URL('../../libs/stream/examples/', import.meta.url);

let broker: Awaited<ReturnType<typeof brokerForTests>>;
let kafka: Kafka;
let api: RunningApi;
let collector: Collector;
let apiUrl: string;
const databases: string[] = [];

describeWithKafka('consumers of the stream', () => {
  beforeAll(async () => {
    broker = await brokerForTests();
    kafka = new Kafka({ brokers: broker.brokers, prefix: freshPrefix() });
    await createTopics(kafka, topicNames(kafka.settings.prefix), { partitions: 3 });
    api = await runApi();
    await api.app.listen(0, '127.0.0.1');
    apiUrl = await api.app.getUrl();
    collector = new Collector(api.fresh.database);
    for (let day = 10; day < 22; day++) await publish(day);
    await collector.link('us-ofac-sdn:41', 'us-ofac-sdn:40');
    await publish(15, 1);
    await relayAll();
  }, 180_000);
  afterEach(endChildren);
  afterAll(async () => {
    await kafka?.close();
    await api?.stop();
    await broker?.close();
    for (const url of databases) await dropDatabase(url);
  });

  /** An edition of January 2024: of 30 parties each is there on most days, and some have other names each day. */
  async function publish(day: number, shift = 0): Promise<void> {
    const there = Array.from({ length: 30 }, (_, uid) => uid + 1).filter((uid) => (uid * 7 + day + shift) % 5 !== 0 || uid <= 3);
    const entries = there.map((uid): [number, string] => [uid, uid % 4 === 1 || uid === 3 ? `PARTY ${day}.${uid}` : `PARTY ${uid}`]);
    // One party under two numbers, one after the other.
    entries.push(day < 16 ? [40, 'WAS 40'] : [41, 'IS 41']);
    await collector.import('us-ofac-sdn', sdnFiles(entries, null, null), { date: shift ? `2024-01-${day}T12:00:00Z` : `2024-01-${day}`, releaseReason: 'a test' });
  }

  async function relayAll(): Promise<void> {
    const stop = new AbortController();
    const { events: topic } = topicNames(kafka.settings.prefix);
    const running = relay(api.fresh.database.pool, kafka, { topic, messagesOf: (_client, events) => events.map((event) => eventMessage(event)) }, stop.signal);
    const head = await headPosition(api.fresh.database.pool);
    for (;;) {
      const stored = await topicPosition(kafka, topic).catch(() => null);
      if (stored && stored !== 'forgotten' && stored.position >= head) break;
      await sleep(50);
    }
    stop.abort();
    await running;
  }

  /** The example on a database of its own. */
  class Consumer {
    private static groups = 0;
    constructor(
      readonly url: string,
      private readonly group = `counterparties-${process.pid}-${++Consumer.groups}`,
    ) {}

    static async fresh(): Promise<Consumer> {
      const url = await emptyDatabase();
      databases.push(url);
      return new Consumer(url);
    }

    async start(from: { snapshot?: boolean } = {}): Promise<Child> {
      const env = {
        LISTORY_KAFKA_BROKERS: broker.brokers.join(),
        LISTORY_KAFKA_PREFIX: kafka.settings.prefix!,
        COUNTERPARTIES_DATABASE_URL: this.url,
        COUNTERPARTIES_GROUP: this.group,
        ...(from.snapshot && { LISTORY_URL: apiUrl }),
      };
      const child = new Child(fileURLToPath(new URL('counterparties.ts', EXAMPLES)), [], { env });
      await child.says(/^ready$/);
      return child;
    }

    async query(sql: string): Promise<Record<string, unknown>[]> {
      const client = new pg.Client({ connectionString: this.url });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    }

    statuses(): Promise<Record<string, unknown>[]> {
      return this.query('select * from listing_status order by listing collate "C"');
    }

    /** Waits until its table says what the view says. */
    async untilEqual(): Promise<void> {
      const wanted = JSON.stringify(await statusesOfView());
      const deadline = Date.now() + 40_000;
      while (Date.now() < deadline && JSON.stringify(await this.statuses()) !== wanted) await sleep(100);
      expect(await this.statuses()).toEqual(await statusesOfView());
    }
  }

  /** Of every listing: its name at the end, and whether it is listed today. */
  async function statusesOfView(): Promise<Record<string, unknown>[]> {
    const { rows } = await collector.pool.query<Record<string, unknown>>(
      `select distinct on (listing) listing, body::json->>'name' as name, valid_to > extract(epoch from now()) as listed
         from listings.versions join listings.states using (state_id)
        where known_to = 9223372036854775807 order by listing, valid_from desc`,
    );
    return rows;
  }

  it('that starts at zero, at a snapshot, in the middle, or without its offsets has the same table as the view', async () => {
    expect((await statusesOfView()).filter(({ listed }) => !listed).length).toBeGreaterThan(2);
    const zero = await Consumer.fresh();
    const first = await zero.start();
    const snapshot = await Consumer.fresh();
    await snapshot.start({ snapshot: true });
    await zero.untilEqual();
    await snapshot.untilEqual();
    expect(Number((await snapshot.query('select min(sequence) as least from listory_positions'))[0]!.least)).toBeGreaterThan(100);

    await first.kill();
    await publish(22);
    await publish(12, 1);
    await relayAll();
    await zero.start();
    await zero.untilEqual();
    await snapshot.untilEqual();

    await endChildren();
    await zero.query('update listory_positions set next_offset = null');
    await zero.query(`create table told (id serial); create function tell() returns trigger language plpgsql as 'begin insert into told default values; return new; end';
      create trigger telling after insert or update on said for each row execute function tell()`);
    const before = await headPosition(collector.pool);
    await publish(23);
    await relayAll();
    await new Consumer(zero.url).start();
    await zero.untilEqual();
    const said = { 'listing.added': 2, 'listing.removed': 1, 'listing.renamed': 1 } as Record<string, number>;
    const later = (await collector.events()).filter(({ position }) => position > before);
    const expected = later.reduce((sum, { type }) => sum + (said[type] ?? 0), 0);
    expect(expected).toBeGreaterThan(5);
    expect(await zero.query('select count(*)::int as times from told')).toEqual([{ times: expected }]);
  }, 180_000);

  it('that is killed again and again, with another of its group beside it, has each effect once', async () => {
    const consumer = await Consumer.fresh();
    for (let round = 0; round < 4; round++) {
      const [one, other] = await Promise.all([consumer.start(), round % 2 ? consumer.start() : null]);
      await sleep(300 + 400 * round);
      await one.kill();
      await other?.kill();
    }
    await consumer.start();
    await consumer.untilEqual();
    const { rows } = await collector.pool.query<{ head: string }>('select max(position)::text as head from log.events');
    const [{ seen }] = (await consumer.query('select max(sequence)::text as seen from listory_positions')) as [{ seen: string }];
    expect(Number(seen)).toBe(Number(rows[0]!.head));
  }, 180_000);

  const hasPython = spawnSync('python3', ['-c', 'import confluent_kafka']).status === 0;
  if (!hasPython) console.warn('The consumer in Python is SKIPPED: python3 with confluent-kafka is not here.');
  (hasPython ? it : it.skip)('in Python has the same table', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'listory-python-'));
    const file = path.join(folder, 'table.sqlite');
    const args = [fileURLToPath(new URL('counterparties.py', EXAMPLES)), broker.brokers.join(), file, topicNames(kafka.settings.prefix).events];
    const python = spawn('python3', args, { stdio: 'ignore' });
    try {
      const read = `import sqlite3, json, sys; print(json.dumps([dict(zip(("listing", "name", "listed"), (l, n, bool(s)))) for l, n, s in sqlite3.connect(sys.argv[1]).execute("select listing, name, listed from listing_status order by listing")]))`;
      const statuses = () => JSON.parse(spawnSync('python3', ['-c', read, file]).stdout.toString() || '[]');
      const wanted = await statusesOfView();
      const deadline = Date.now() + 30_000;
      while (Date.now() < deadline && JSON.stringify(statuses()) !== JSON.stringify(wanted)) await sleep(200);
      expect(statuses()).toEqual(wanted);
    } finally {
      python.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
