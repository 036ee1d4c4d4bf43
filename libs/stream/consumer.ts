import type { CloudEvent } from '@listory/contracts';
import { PartitionTakenOver } from './errors.js';
import { cloudEventOf, sequenceOf } from './event-message.js';
import type { Batch, Kafka } from './kafka.js';

/** How far a consumer has come in one partition. */
export interface PartitionPosition {
  /** Where to go on reading: the offset after the last message handled; null: at the beginning. */
  offset: string | null;
  /** The position of the log up to which all is handled: what comes at or before it was seen. */
  sequence: bigint;
}

/** Events of one partition that were not seen before, in order. */
export interface UnseenEvents {
  partition: number;
  events: CloudEvent[];
  from: PartitionPosition;
  /** To be stored in the transaction of the effect. */
  to: PartitionPosition;
}

/** Who reads, and what it does. */
export interface Consuming {
  /** The consumer group: its members share the partitions. */
  group: string;
  topic: string;
  /** Where the consumer's own database says that it is in a partition. */
  positionOf(partition: number): Promise<PartitionPosition>;
  /** Does its work and stores `to`, in one transaction of its own: then each event has its effect once. */
  handle(unseen: UnseenEvents): Promise<void>;
  signal: AbortSignal;
  /** Told of what is waited out, such as a broker that is away. */
  waiting?(error: unknown): void;
}

const LONGEST_PAUSE_MS = 5_000;

/** While a batch is at work; a member is given up after 10 s of silence. */
const HEARTBEAT_MS = 2_000;

/**
 * Reads a topic of events until `signal`, each event once, however often it was sent and whoever was killed: the position
 * is the consumer's own, stored with its effect; offsets stored in Kafka are neither written nor read.
 * @throws {NotAnEvent} and what `handle` and `positionOf` throw; then nothing of that batch is taken as seen
 */
export async function consume(kafka: Kafka, consuming: Consuming): Promise<void> {
  const { signal } = consuming;
  for (let failures = 0; !signal.aborted; ) {
    const run = new Run(kafka, consuming, () => (failures = 0));
    const crash = await run.untilCrashed();
    if (signal.aborted || crash === null) return;
    if (run.failed) throw run.failed.reason;
    consuming.waiting?.(kafka.inWords(crash));
    await pause(Math.min(LONGEST_PAUSE_MS, 50 * 2 ** ++failures), signal);
  }
}

/** One membership in the group, until it breaks. */
class Run {
  /** What the consumer's own code threw. */
  failed: { reason: unknown } | null = null;
  /** The partitions that are read from where the database says; of others that is not known yet. */
  private readonly placed = new Map<number, PartitionPosition>();

  constructor(
    private readonly kafka: Kafka,
    private readonly consuming: Consuming,
    private readonly succeeded: () => void,
  ) {}

  /** @returns why it broke; null: it was told to end */
  async untilCrashed(): Promise<Error | null> {
    const { group, topic, signal } = this.consuming;
    const consumer = this.kafka.consumer(group);
    const ended = new Promise<Error | null>((resolve) => {
      signal.addEventListener('abort', () => resolve(null), { once: true });
      consumer.on('consumer.crash', ({ payload }) => resolve(payload.error));
      // Partitions may have been others' meanwhile.
      consumer.on('consumer.group_join', () => this.placed.clear());
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (batch) => this.take(batch, (offset) => consumer.seek({ topic, partition: batch.batch.partition, offset })),
      });
      return await ended;
    } catch (error) {
      return error as Error;
    } finally {
      await consumer.disconnect().catch(() => {});
    }
  }

  private async take({ batch, resolveOffset, heartbeat, isRunning, isStale }: Batch, seek: (offset: string) => void): Promise<void> {
    if (!isRunning() || isStale() || this.consuming.signal.aborted) return;
    const { partition } = batch;
    try {
      let from = this.placed.get(partition);
      if (!from) {
        from = await this.consuming.positionOf(partition);
        this.placed.set(partition, from);
        // The group begins at the first message that there is.
        if (from.offset !== null && BigInt(from.offset) > BigInt(batch.messages[0]!.offset)) return seek(from.offset);
      }
      const unseen = this.unseenOf(batch, from);
      if (unseen.events.length) {
        await this.whileAlive(heartbeat, () => this.consuming.handle(unseen));
        this.placed.set(partition, unseen.to);
      }
    } catch (reason) {
      // Another process has this partition now: join again, and see what is ours.
      if (!(reason instanceof PartitionTakenOver)) this.failed = { reason };
      throw reason;
    }
    resolveOffset(batch.messages.at(-1)!.offset);
    this.succeeded();
    await heartbeat();
  }

  /** Keeps the membership while a long batch is handled; that it is lost shows when the position is stored. */
  private async whileAlive(heartbeat: () => Promise<void>, work: () => Promise<void>): Promise<void> {
    const beat = setInterval(() => void heartbeat().catch(() => {}), HEARTBEAT_MS);
    try {
      await work();
    } finally {
      clearInterval(beat);
    }
  }

  private unseenOf({ partition, topic, messages }: Batch['batch'], from: PartitionPosition): UnseenEvents {
    const events: CloudEvent[] = [];
    let { sequence } = from;
    for (const message of messages) {
      const position = sequenceOf(message);
      if (position !== null && position <= sequence) continue;
      const event = cloudEventOf(message, topic, partition);
      events.push(event);
      sequence = BigInt(event.sequence);
    }
    return { partition, events, from, to: { offset: String(BigInt(messages.at(-1)!.offset) + 1n), sequence } };
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
