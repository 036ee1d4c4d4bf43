import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { headPosition } from '@listory/event-log';
import { createTopics, Kafka, topicNames, topicPosition } from '@listory/stream';
import type pg from 'pg';
import { LocalBroker } from '../../infra/kafka/index.js';
import { Child, endChildren } from '../support/child.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { describeWithOwnKafka, freshPrefix } from '../support/kafka.js';
import { Seeded } from '../support/seed.js';
import { messagesIn } from '../support/topic.js';
import { record } from './event-log/sample.js';

const RELAYING = fileURLToPath(new URL('processes/relaying.ts', import.meta.url));
const ROUNDS = Number(process.env.LISTORY_KAFKA_ROUNDS ?? 30);
const LEASE_MS = 1_500;

let broker: LocalBroker;
let fresh: FreshDatabase;
let pool: pg.Pool;
let kafka: Kafka;

describeWithOwnKafka('relays and a broker that die', () => {
  beforeAll(async () => {
    broker = await LocalBroker.start();
  }, 120_000);
  afterAll(() => broker?.remove());
  beforeEach(async () => {
    fresh = await freshDatabase();
    pool = fresh.database.pool;
    kafka = new Kafka({ brokers: [broker.address], prefix: freshPrefix() });
    await createTopics(kafka, topics(), { partitions: 3 });
  });
  afterEach(async () => {
    await endChildren();
    await kafka?.close();
    await fresh?.drop();
  });

  const topics = () => topicNames(kafka.settings.prefix);

  async function startRelay(): Promise<Child> {
    const child = new Child(RELAYING, [fresh.url, broker.address, kafka.settings.prefix!, String(LEASE_MS)], { light: true });
    await child.says(/^ready$/);
    return child;
  }

  /** Waits until the topic holds the whole log. */
  async function untilPublished(): Promise<void> {
    const head = await headPosition(pool);
    for (;;) {
      const stored = await topicPosition(kafka, topics().events).catch(() => null);
      if (stored && stored !== 'forgotten' && stored.position >= head) return;
      await sleep(50);
    }
  }

  /** Every position of the log once, and in every partition rising: what any consumer of committed messages sees. */
  async function expectOnceAndInOrder(): Promise<void> {
    const head = Number(await headPosition(pool));
    const messages = await messagesIn(kafka, topics().events);
    const positions = messages.map(({ headers }) => Number(headers.ce_sequence));
    expect([...positions].sort((a, b) => a - b)).toEqual(Array.from({ length: head }, (_, n) => n + 1));
    messages.slice(1).forEach((one, n) => expect(one.partition > messages[n]!.partition || positions[n + 1]! > positions[n]!).toBe(true));
  }

  async function recordSome(appends: number, each = 40): Promise<void> {
    for (let n = 0; n < appends; n++) await record(pool, `l${n % 4}`, each);
  }

  it('when the owner is killed -9, the other goes on within seconds', async () => {
    const [one, other] = [await startRelay(), await startRelay()];
    await recordSome(20);
    await Promise.race([one.says(/^published/), other.says(/^published/)]);
    const owner = one.lines.some((line) => line.startsWith('owns')) ? one : other;
    await owner.kill();
    const heir = owner === one ? other : one;
    await heir.says(/^owns/);
    await recordSome(5);
    await untilPublished();
    await expectOnceAndInOrder();
  }, 60_000);

  it('an owner that is frozen past its lease is replaced, and cannot publish any more when it wakes', async () => {
    const frozen = await startRelay();
    await recordSome(60);
    await frozen.says(/^published/);
    const heir = await startRelay();
    frozen.signal('SIGSTOP');
    await heir.says(/^owns/);
    await untilPublished();
    const said = frozen.lines.length;
    frozen.signal('SIGCONT');
    await recordSome(20);
    await untilPublished();
    expect(frozen.lines.slice(said).filter((line) => line.startsWith('owns'))).toEqual([]);
    await heir.kill();
    await frozen.says(/^owns/, said);
    await recordSome(5);
    await untilPublished();
    await expectOnceAndInOrder();
  }, 60_000);

  it('while the broker is down nothing is lost, and the relay catches up by itself', async () => {
    const relay = await startRelay();
    await recordSome(5);
    await untilPublished();
    await broker.stop('SIGKILL');
    await recordSome(20);
    await relay.says(/^waits .*does not answer/);
    await broker.start();
    await untilPublished();
    relay.signal('SIGTERM');
    expect([await relay.end(), relay.errors]).toEqual([0, '']);
    await expectOnceAndInOrder();
  }, 120_000);

  it(`${ROUNDS} times kill -9, SIGSTOP or SIGTERM of a relay or the broker, at any moment: every event once, in order`, async () => {
    const seeded = new Seeded('relays and broker');
    let relays = [await startRelay(), await startRelay()];
    let frozen: Child[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await recordSome(1 + seeded.below(6), 1 + seeded.below(120));
      await sleep(seeded.next() * 300);
      const victim = seeded.pick(relays);
      const fate = seeded.below(10);
      if (fate === 0) {
        await broker.stop('SIGKILL');
        await broker.start();
      } else if (fate < 5) await victim.kill();
      else if (fate < 7) {
        victim.signal('SIGTERM');
        expect([await victim.end(), victim.errors]).toEqual([0, '']);
      } else {
        victim.signal('SIGSTOP');
        frozen.push(victim);
        relays = relays.filter((one) => one !== victim);
      }
      if (frozen.length > 2 || seeded.below(3) === 0) for (const one of frozen.splice(0)) relays.push((one.signal('SIGCONT'), one));
      relays = relays.filter((one) => one.isRunning);
      while (relays.length < 2) relays.push(await startRelay());
    }
    for (const one of frozen) one.signal('SIGCONT');
    await untilPublished();
    await expectOnceAndInOrder();
  }, 300_000);
});
