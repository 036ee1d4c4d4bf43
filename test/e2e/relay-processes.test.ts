import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Kafka, topicNames } from '@listory/stream';
import { Child, endChildren } from '../support/child.js';
import { Collector } from '../support/collector.js';
import { inventedEdition } from '../support/invented.js';
import { brokerForTests, describeWithKafka, freshPrefix } from '../support/kafka.js';
import { messagesIn } from '../support/topic.js';

const LISTORY = fileURLToPath(new URL('../../apps/listory/main.ts', import.meta.url));
const RELAY = fileURLToPath(new URL('../../apps/relay/main.ts', import.meta.url));

let broker: Awaited<ReturnType<typeof brokerForTests>>;
let collector: Collector;
let env: NodeJS.ProcessEnv;
let kafka: Kafka;

async function importUpTo(end: number, from = 0): Promise<void> {
  for (let number = from; number < end; number++) {
    const { source, documents, options } = inventedEdition(number);
    await collector.import(source, documents, options);
  }
}

/** Waits until the topics hold what was recorded. */
async function untilPublished(): Promise<void> {
  const { rows } = await collector.pool.query('select max(position)::text as head from log.events');
  const lag = `select from log.checkpoints where name like 'relay:%' having count(*) filter (where position = ${rows[0].head}) = 2`;
  while ((await collector.pool.query(lag)).rows.length === 0) await sleep(20);
}

describeWithKafka('Listory and a broker', () => {
  beforeAll(async () => {
    broker = await brokerForTests();
  }, 120_000);
  afterAll(() => broker?.close());
  beforeEach(async () => {
    collector = await Collector.fresh();
    const prefix = freshPrefix();
    kafka = new Kafka({ brokers: broker.brokers, prefix });
    env = {
      LISTORY_DATABASE_URL: collector.url, LISTORY_KAFKA_BROKERS: broker.brokers.join(','), LISTORY_KAFKA_PREFIX: prefix, LISTORY_PORT: '0', LISTORY_HOST: '127.0.0.1',
    };
  });
  afterEach(async () => {
    await endChildren();
    await kafka.close();
    await collector.drop();
  });

  async function createTopics(): Promise<string[]> {
    const child = new Child(LISTORY, ['topics', 'create', '--partitions', '3'], { env });
    expect([await child.end(), child.errors]).toEqual([0, '']);
    return child.lines;
  }

  it('`serve` publishes with no other set-up than `topics create`, every event and every listing as it stands', async () => {
    const { events, listings } = topicNames(kafka.settings.prefix);
    expect(await createTopics()).toEqual([`${events}: made`, `${listings}: made`]);
    expect(await createTopics()).toEqual([`${events}: is there already`, `${listings}: is there already`]);
    await importUpTo(12);
    const serve = new Child(LISTORY, ['serve'], { env });
    await serve.says(/answers at/);
    await importUpTo(15, 12);
    await untilPublished();
    serve.signal('SIGTERM');
    expect(await serve.end()).toBe(0);

    const recorded = await collector.events();
    expect((await messagesIn(kafka, events)).map(({ headers }) => headers.ce_id).sort()).toEqual(recorded.map(({ id }) => id).sort());
    const current = new Map((await messagesIn(kafka, listings)).map(({ key, value }) => [key, JSON.parse(value)]));
    const known = await collector.pool.query('select listing from listings.listings');
    expect([...current.keys()].sort()).toEqual(known.rows.map(({ listing }) => listing).sort());
    const far = '2100-01-01';
    for (const list of ['us-ofac-sdn', 'un-sc', 'us-bis-el']) {
      const listed = [...current.values()].filter((one) => one.list === list && one.listedUntil === null);
      expect(listed.map(({ name }) => name).sort()).toEqual(await collector.namesOn(list, far));
    }
    expect([...current.values()].filter(({ listedUntil }) => listedUntil !== null).length).toBeGreaterThan(0);
  }, 120_000);

  it('a relay says what is missing, publishes when it is there, and ends in order', async () => {
    await importUpTo(3);
    const relay = new Child(RELAY, [], { env });
    const url = /http:\S+/.exec(await relay.says(/tells how it goes/))![0];
    let answer = await fetch(url);
    while (!(await answer.clone().text()).includes('listory topics create')) answer = await fetch(url);
    expect(answer.status).toBe(503);
    await createTopics();
    await untilPublished();
    answer = await fetch(url);
    expect([answer.status, await answer.json()]).toMatchObject([200, { status: 'ok', topics: [{ status: 'publishing' }, { status: 'publishing' }] }]);
    relay.signal('SIGTERM');
    expect(await relay.end()).toBe(0);
  }, 120_000);

  it('a relay whose topics are ahead of its log says so and ends with status 1', async () => {
    await createTopics();
    await importUpTo(3);
    const first = new Child(RELAY, [], { env });
    await untilPublished();
    first.signal('SIGTERM');
    await first.end();
    const restored = await Collector.fresh();
    try {
      const second = new Child(RELAY, [], { env: { ...env, LISTORY_DATABASE_URL: restored.url } });
      expect(await second.end()).toBe(1);
      expect(second.errors).toMatch(/events holds event \S+ at position \d+, which this log \(head 0\) does not have: the database was restored/);
    } finally {
      await restored.drop();
    }
  }, 120_000);
});
