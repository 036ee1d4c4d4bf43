import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { append, checkpointsOf, headPosition, readEvents } from '@listory/event-log';
import { checkTopics, createTopics, eventMessage, Kafka, relay, relayName, topicNames, topicPosition, TopicAheadOfLog, type Topics } from '@listory/stream';
import type pg from 'pg';
import { event, record } from '../faults/event-log/sample.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { brokerForTests, describeWithKafka, freshPrefix } from '../support/kafka.js';
import { messagesIn } from '../support/topic.js';

let broker: Awaited<ReturnType<typeof brokerForTests>>;
let kafka: Kafka;
let topics: Topics;
let fresh: FreshDatabase;
let pool: pg.Pool;

describeWithKafka('the relay of events', () => {
  beforeAll(async () => {
    broker = await brokerForTests();
  }, 120_000);
  afterAll(() => broker?.close());
  beforeEach(async () => {
    fresh = await freshDatabase();
    pool = fresh.database.pool;
    const prefix = freshPrefix();
    kafka = new Kafka({ brokers: broker.brokers, prefix });
    topics = topicNames(prefix);
    await createTopics(kafka, topics, { partitions: 3 });
  });
  afterEach(async () => {
    await kafka.close();
    await fresh.drop();
  });

  /** Relays until the topic holds the whole log. */
  async function relayAll(on: pg.Pool = pool): Promise<void> {
    const stop = new AbortController();
    const running = relay(on, kafka, { topic: topics.events, messagesOf: (_client, events) => events.map((event) => eventMessage(event)), batchSize: 50 }, stop.signal);
    running.catch(() => stop.abort());
    const head = await headPosition(on);
    try {
      while (!stop.signal.aborted && !(await isAt(head, on))) await sleep(20);
    } finally {
      stop.abort();
      await running;
    }
  }

  async function isAt(position: bigint, on: pg.Pool): Promise<boolean> {
    const stored = await topicPosition(kafka, topics.events);
    return stored !== 'forgotten' && stored.position === position && (await checkpointsOf(on, [relayName(topics.events)]))[0] === position;
  }

  it('publishes every event once, in order, as CloudEvents in binary mode', async () => {
    for (let n = 0; n < 60; n++) await record(pool, `l${n % 4}`, 1 + (n % 5));
    await relayAll();
    for (let n = 0; n < 10; n++) await record(pool, `l${n % 4}`, 1 + (n % 5));
    await relayAll();
    const events = await readEvents(pool, { after: 0n });
    const messages = await messagesIn(kafka, topics.events);
    expect(messages.map(({ headers }) => headers.ce_sequence).sort()).toEqual(events.map(({ position }) => String(position).padStart(20, '0')));
    const first = messages.find(({ headers }) => headers.ce_sequence === '00000000000000000001')!;
    const [event] = events;
    expect(first).toMatchObject({
      key: event!.subject,
      headers: {
        'content-type': 'application/json', ce_specversion: '1.0', ce_id: event!.id, ce_source: `/lists/${event!.list}`, ce_type: `org.listory.${event!.type}.v1`,
        ce_subject: event!.subject, ce_time: event!.recordedAt, ce_cause: event!.cause,
      },
    });
    expect(JSON.parse(first.value)).toEqual(event!.data);
    for (const partition of [0, 1, 2]) {
      const positions = messages.filter((one) => one.partition === partition).map(({ headers }) => headers.ce_sequence!);
      expect(positions).toEqual([...positions].sort());
    }
  });

  it('goes on from where the topic is, whatever its checkpoint says', async () => {
    for (let n = 0; n < 20; n++) await record(pool, 'a', 2);
    await relayAll();
    await pool.query('update log.checkpoints set position = 5');
    await record(pool, 'a', 2);
    await relayAll();
    await pool.query('delete from log.checkpoints');
    await record(pool, 'a', 2);
    await relayAll();
    expect((await messagesIn(kafka, topics.events)).map(({ headers }) => Number(headers.ce_sequence)).sort((a, b) => a - b)).toEqual(Array.from({ length: 44 }, (_, n) => n + 1));
  });

  it('publishes all anew to topics that were made anew', async () => {
    for (let n = 0; n < 5; n++) await record(pool, 'a', 2);
    await relayAll();
    const known = relayName(topics.events);
    await kafka.close();
    kafka = new Kafka({ brokers: broker.brokers, prefix: freshPrefix() });
    topics = topicNames(kafka.settings.prefix);
    await createTopics(kafka, topics, { partitions: 1 });
    await pool.query(`update log.checkpoints set name = $1 where name = $2`, [relayName(topics.events), known]);
    await relayAll();
    expect(await messagesIn(kafka, topics.events)).toHaveLength(10);
  });

  it('stops where the topic is ahead of the log, and where it is that of another log', async () => {
    for (let n = 0; n < 5; n++) await record(pool, 'a', 2);
    await relayAll();
    const other = await freshDatabase();
    try {
      await expect(relayAll(other.database.pool)).rejects.toThrow(TopicAheadOfLog);
      for (let n = 0; n < 8; n++) await record(other.database.pool, 'a', 2);
      await expect(relayAll(other.database.pool)).rejects.toThrow(/position 10, which this log \(head 16\) does not have/);
      expect(await topicPosition(kafka, topics.events)).toMatchObject({ position: 10n });
    } finally {
      await other.drop();
    }
  });

  it('stops before an event that is larger than the topic takes, says which, and has published all before it', async () => {
    for (let n = 0; n < 3; n++) await record(pool, 'a', 2);
    await append(pool, { expected: new Map([['a', 'any' as const]]), events: [event('a'), event('a', { subject: 'a:huge', data: { remarks: 'x'.repeat(9_000_000) } }), event('a')] });
    await expect(relayAll()).rejects.toThrow(/stopped before position 8: The message about a:huge has 90\d+ bytes/);
    const published = await messagesIn(kafka, topics.events);
    expect(published.map(({ headers }) => Number(headers.ce_sequence)).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const { rows } = await pool.query(`select error_position::int as position, error from log.checkpoints`);
    expect(rows).toEqual([{ position: 8, error: expect.stringContaining('max.message.bytes') }]);
  });

  it('is not taken for whole where a topic has other settings than it needs, or is missing', async () => {
    await expect(checkTopics(kafka, topics)).resolves.toBeUndefined();
    await expect(checkTopics(kafka, { ...topics, listings: `${topics.listings}-not-there` })).rejects.toThrow(/no topic \S+-not-there. Create with: listory topics create/);
    await expect(checkTopics(kafka, { events: topics.events, listings: topics.events })).rejects.toThrow(/cleanup.policy=delete, but needs compact/);
  });
});
