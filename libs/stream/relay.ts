import { setTimeout as sleep } from 'node:timers/promises';
import { checkpointsOf, follow, headPosition, holdLease, PoisonEventError, readEvents, setCheckpoint, TryAgainLater, type RecordedEvent } from '@listory/event-log';
import type pg from 'pg';
import { chunksOf } from './chunks.js';
import { TopicAheadOfLog, TopicsMissing } from './errors.js';
import type { FencingProducer, Kafka, Message, ProducerPosition } from './kafka.js';

/** What a relay publishes where. */
export interface Relaying {
  topic: string;
  /** About how many events in one transaction; an append is never split, so it may be more. Default 5000. */
  batchSize?: number;
  /** What is published of these events, in order. May read with the client, must not write. */
  messagesOf(client: pg.PoolClient, events: readonly RecordedEvent[]): Promise<Message[]> | Message[];
  /** After how long a frozen relay is replaced. Default 10 000 ms. */
  leaseMs?: number;
  /** Told of each failure that is waited out. */
  waiting?(error: unknown): void;
  /** Told when this process begins to publish, with the position that the topic has. */
  owning?(position: bigint): void;
  /** Told how far the topic is, after each transaction. */
  published?(position: bigint): void;
}

const LONGEST_PAUSE_MS = 5_000;

/** What passes by itself is waited out; these need a person. */
const NEEDS_A_PERSON = [TopicAheadOfLog, TopicsMissing, PoisonEventError];

/** The name of a relay's checkpoint and lease. */
export function relayName(topic: string): string {
  return `relay:${topic}`;
}

/**
 * Publishes the log to a topic, in order, until `signal`. Of several processes that do so one works at a time.
 *
 * How far it has come is stored in Kafka, in the transaction that holds the messages: the log's checkpoint only follows,
 * and is put to where the topic is whenever a relay begins. So nothing is published twice or left out after a crash, a
 * lost connection or a restored database. A relay that lost its lease unawares is refused by the broker.
 * @throws {TopicAheadOfLog} {PoisonEventError}
 */
export async function relay(pool: pg.Pool, kafka: Kafka, relaying: Relaying, signal: AbortSignal): Promise<void> {
  const { topic, leaseMs } = relaying;
  let failures = 0;
  const succeeded = () => (failures = 0);
  while (!signal.aborted) {
    try {
      await holdLease(pool, { name: relayName(topic), signal, ...(leaseMs && { ms: leaseMs }) }, (owning) => new Term(pool, kafka, relaying, succeeded).serve(owning));
    } catch (error) {
      if (NEEDS_A_PERSON.some((kind) => error instanceof kind)) throw error;
      if (!signal.aborted) relaying.waiting?.(error);
      failures++;
    }
    if (failures > 0) await sleep(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** failures), undefined, { signal }).catch(() => {});
  }
}

/** From taking the topic over to the first failure: then a new term begins, with a new producer. */
class Term {
  private readonly over = new AbortController();
  private reason: unknown = null;
  /** The last position that the topic holds. */
  private at = 0n;
  private uncheckpointed = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly kafka: Kafka,
    private readonly relaying: Relaying,
    private readonly succeeded: () => void,
  ) {}

  /** @throws what ended it, unless that was `owning` */
  async serve(owning: AbortSignal): Promise<void> {
    const { topic, batchSize = 5_000 } = this.relaying;
    const producer = await this.kafka.fencingProducer(groupOf(this.kafka), topic);
    try {
      this.at = await this.takeOver();
      this.relaying.owning?.(this.at);
      await follow(this.pool, {
        name: relayName(topic),
        batchSize,
        signal: AbortSignal.any([owning, this.over.signal]),
        handle: (client, events) => this.publish(producer, client, events),
        rolledBack: () => this.uncheckpointed && this.end(new TryAgainLater('the checkpoint could not be stored')),
        waiting: (error) => this.relaying.waiting?.(error),
      });
      if (this.reason !== null && !owning.aborted) throw this.reason;
    } finally {
      await producer.close();
    }
  }

  /** Puts the checkpoint to where the topic is. @returns that position */
  private async takeOver(): Promise<bigint> {
    const { topic } = this.relaying;
    const stored = await topicPosition(this.kafka, topic);
    const [checkpoint] = await checkpointsOf(this.pool, [relayName(topic)]);
    // Kafka forgets stored positions of a relay that was away for a week (offsets.retention.minutes).
    if (stored === 'forgotten') return checkpoint!;
    await requireInLog(this.pool, topic, stored);
    if (stored.position !== checkpoint) await this.setCheckpoint(stored.position);
    return stored.position;
  }

  /** Waits for the transaction of a predecessor that is frozen in the middle of its batch, at most until its lease ends. */
  private async setCheckpoint(position: bigint): Promise<void> {
    const client = await this.pool.connect();
    try {
      await setCheckpoint(client, relayName(this.relaying.topic), position);
    } finally {
      client.release();
    }
  }

  private async publish(producer: FencingProducer, client: pg.PoolClient, events: readonly RecordedEvent[]): Promise<void> {
    const { topic, leaseMs = 10_000 } = this.relaying;
    const last = events.at(-1)!;
    if (events[0]!.position !== this.at + 1n) this.end(new TryAgainLater(`the checkpoint of ${topic} was moved by somebody else`));
    this.over.signal.throwIfAborted();
    await client.query(`set local idle_in_transaction_session_timeout = ${leaseMs}`);
    const messages = await this.relaying.messagesOf(client, events);
    const chunks = chunksOf(topic, messages);
    const beat = setInterval(() => void client.query('select 1').catch(() => {}), leaseMs / 4);
    try {
      await producer.send(chunks, { position: last.position, note: last.id });
    } catch (error) {
      throw this.end(this.kafka.inWords(error));
    } finally {
      clearInterval(beat);
    }
    this.at = last.position;
    this.uncheckpointed = true;
    await client.query('select 1');
    this.succeeded();
    this.relaying.published?.(last.position);
  }

  /** Ends this term: what the topic holds is to be looked up again. @returns what to throw */
  private end(reason: unknown): TryAgainLater {
    this.reason ??= reason;
    const passing = new TryAgainLater(String(reason), { cause: reason });
    this.over.abort(passing);
    return passing;
  }
}

/** The consumer group under whose name positions are stored. */
function groupOf({ settings }: Kafka): string {
  return `${settings.prefix ?? 'listory.'}relay`;
}

/**
 * How far a topic is: position and id of the last event whose messages it holds.
 * `forgotten`: it holds messages, and Kafka no longer knows up to which event
 */
export async function topicPosition(kafka: Kafka, topic: string): Promise<ProducerPosition | 'forgotten'> {
  const stored = await kafka.storedPosition(groupOf(kafka), topic);
  if (stored && stored.position > 0n && !(await kafka.isUntouched(topic))) return stored;
  if (await kafka.isUntouched(topic)) return { position: 0n, note: '' };
  return stored ?? 'forgotten';
}

/**
 * Checks that what the topic holds is from this log.
 * @throws {TopicAheadOfLog}
 */
export async function requireInLog(pool: pg.Pool, topic: string, { position, note }: ProducerPosition): Promise<void> {
  if (position === 0n) return;
  const [event] = await readEvents(pool, { after: position - 1n, upTo: position, limit: 1 });
  if (event?.id !== note) throw new TopicAheadOfLog(topic, position, note, await headPosition(pool));
}
