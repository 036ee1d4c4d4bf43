import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Consumer, type EachBatchPayload, type Producer, type Transaction } from 'kafkajs';
import { KafkaUnreachable, ProducerFenced } from './errors.js';
import { encodeRecord } from './record.js';
import type { KafkaSettings } from './settings.js';

/** A topic as it is to be made. */
export interface TopicSpec {
  topic: string;
  config: Record<string, string>;
}

/** A message to be sent, with the partition chosen by its key. */
export interface Message {
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** A message as it was read. */
export interface ReceivedMessage {
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers?: Record<string, Buffer | string | (Buffer | string)[] | undefined> | undefined;
}

/** How far a producer has come, as it was stored with the messages. */
export interface ProducerPosition {
  position: bigint;
  note: string;
}

/** Some 5 s of short retries; whoever uses this has a loop of its own around it. */
const RETRY = { initialRetryTime: 30, maxRetryTime: 1000, multiplier: 2, factor: 0.2, retries: 8 };
const ATTEMPTS = 10;
const ATTEMPT_MS = 300;
const CONNECTION_MS = 5_000;
const REQUEST_MS = 10_000;

/** How long the partitions of a member that was killed wait for another one. */
const MEMBERSHIP = { sessionTimeout: 10_000, heartbeatInterval: 2_000, rebalanceTimeout: 20_000 };

/** How long a transaction may stay open when its producer is gone and nobody takes over. */
const TRANSACTION_MS = 60_000;

/** The version whose insides `encodeRecord` fits: the last one, pinned in package.json. */
const KNOWN_VERSION = '2.2.4';

/** Puts our encoding of a record in the place of kafkajs's, which loads it with the first message. */
function encodeFaster(): void {
  const require = createRequire(import.meta.url);
  if ((require('kafkajs/package.json') as { version: string }).version !== KNOWN_VERSION) return;
  const file = require.resolve('kafkajs/src/protocol/recordBatch/record/v0/index.js');
  require(file);
  const loaded = require.cache[file];
  if (loaded) loaded.exports = encodeRecord;
}
encodeFaster();

/** Kafka, by kafkajs: the one file that imports it. */
export class Kafka {
  private readonly client: kafkajs.Kafka;
  private admin: Promise<kafkajs.Admin> | null = null;

  constructor(readonly settings: KafkaSettings) {
    const { brokers, clientId = 'listory', tls, sasl } = settings;
    this.client = new kafkajs.Kafka({
      brokers,
      clientId,
      // What goes wrong is thrown; kafkajs would also print each attempt.
      logLevel: kafkajs.logLevel.NOTHING,
      connectionTimeout: CONNECTION_MS,
      requestTimeout: REQUEST_MS,
      retry: RETRY,
      ...(tls && { ssl: tls }),
      ...(sasl && { sasl: sasl as kafkajs.SASLOptions }),
    });
  }

  /** Makes a topic. @returns false where it is there already */
  createTopic({ topic, config }: TopicSpec, partitions: number, replication: number): Promise<boolean> {
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    const topics = [{ topic, numPartitions: partitions, replicationFactor: replication, configEntries }];
    return this.ask((admin) => admin.createTopics({ topics, waitForLeaders: true }));
  }

  /** The settings of those of these topics that exist. */
  async describeTopics(topics: readonly string[]): Promise<Map<string, Record<string, string>>> {
    return this.ask(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const found = topics.filter((topic) => existing.has(topic));
      if (!found.length) return new Map();
      const wanted = found.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name }));
      const { resources } = await admin.describeConfigs({ resources: wanted, includeSynonyms: false });
      return new Map(resources.map((one) => [one.resourceName, Object.fromEntries(one.configEntries.map((entry) => [entry.configName, entry.configValue]))]));
    });
  }

  /** The offset after the last message of each partition. */
  async endOffsets(topic: string): Promise<Map<number, number>> {
    const offsets = await this.ask((admin) => admin.fetchTopicOffsets(topic));
    return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
  }

  /** Whether nothing was ever written to a topic since it was made. */
  async isUntouched(topic: string): Promise<boolean> {
    return [...(await this.endOffsets(topic)).values()].every((end) => end === 0);
  }

  /** What the producers of `group` have stored last with their messages to the topic; null where nothing is known. */
  async storedPosition(group: string, topic: string): Promise<ProducerPosition | null> {
    const [found] = await this.ask((admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
    const first = found?.partitions.find(({ partition }) => partition === 0);
    return first && Number(first.offset) >= 0 ? { position: BigInt(first.offset), note: first.metadata ?? '' } : null;
  }

  /**
   * A producer whose predecessors can send nothing any more from here on: what they have not committed is undone, and
   * what they try to send is refused by the broker (the fencing of Kafka's transactions, KIP-98).
   */
  async fencingProducer(group: string, topic: string): Promise<FencingProducer> {
    const producer = this.client.producer({
      transactionalId: `${group}:${topic}`,
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: TRANSACTION_MS,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: RETRY,
    });
    try {
      await producer.connect();
      // kafkajs fences when the first transaction begins; this one stays empty.
      await (await producer.transaction()).abort();
      return new FencingProducer(producer, group, topic);
    } catch (error) {
      await producer.disconnect().catch(() => {});
      throw this.inWords(error);
    }
  }

  /** A member of a consumer group that begins at the first message and stores no offsets in Kafka. */
  consumer(groupId: string): Consumer {
    return this.client.consumer({ groupId, ...MEMBERSHIP, allowAutoTopicCreation: false, retry: { ...RETRY, restartOnFailure: async () => false } });
  }

  /** Ends its connection. It can be used again. */
  async close(): Promise<void> {
    const { admin } = this;
    this.admin = null;
    await (await admin?.catch(() => null))?.disconnect().catch(() => {});
  }

  private async ask<T>(question: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await question(await (this.admin ??= this.connectAdmin()));
      } catch (error) {
        // A broker that has just started knows its groups after some seconds; kafkajs does not wait for that.
        if (attempt === ATTEMPTS || (error as { retriable?: boolean }).retriable !== true) {
          await this.close();
          throw this.inWords(error);
        }
        await sleep(ATTEMPT_MS);
      }
    }
  }

  private async connectAdmin(): Promise<kafkajs.Admin> {
    const admin = this.client.admin();
    await admin.connect();
    return admin;
  }

  inWords(error: unknown): unknown {
    if (!(error instanceof Error) || !error.name.startsWith('KafkaJS')) return error;
    return new KafkaUnreachable(this.settings.brokers, error.message.replace(/\.$/, ''), { cause: error });
  }
}

/** Sends in transactions: each is seen as a whole or not at all, together with the position that it has reached. */
export class FencingProducer {
  constructor(
    private readonly producer: Producer,
    private readonly group: string,
    private readonly topic: string,
  ) {}

  /**
   * Sends chunk by chunk in one transaction, and stores the position with it.
   * @throws {ProducerFenced} and what kafkajs throws; this producer is of no use then
   */
  async send(chunks: Iterable<readonly Message[]>, { position, note }: ProducerPosition): Promise<void> {
    const { topic, group } = this;
    try {
      const transaction: Transaction = await this.producer.transaction();
      for (const messages of chunks) {
        await transaction.send({ topic, acks: -1, messages: messages as Message[] });
      }
      // kafkajs's types know no metadata, its encoder does.
      const stored: kafkajs.PartitionOffset & { metadata: string } = { partition: 0, offset: String(position), metadata: note };
      await transaction.sendOffsets({ consumerGroupId: group, topics: [{ topic, partitions: [stored] }] });
      await transaction.commit();
    } catch (error) {
      const { type } = ((error as { cause?: unknown }).cause ?? error) as { type?: string };
      if (type === 'INVALID_PRODUCER_EPOCH' || type === 'PRODUCER_FENCED') throw new ProducerFenced(topic, { cause: error });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect().catch(() => {});
  }
}

export type Batch = EachBatchPayload;
