import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@listory/postgres';
import { checkTopics, eventMessage, Kafka, listingMessages, relay, topicNames, type KafkaSettings, type Relaying } from '@listory/stream';

/** How the publishing to one topic goes. */
export interface RelayState {
  topic: string;
  /** `standby`: another process publishes, or this one has not begun; `waiting`: for something that is away; `stopped`: until a person mends the reason. */
  status: 'standby' | 'publishing' | 'waiting' | 'stopped';
  /** The last position that this process has published. */
  position: bigint | null;
  reason: string | null;
}

/** Kafka knows its brokers better than we do: a topic that is missing now may be made in a moment. */
const TOPICS_PAUSE_MS = 2_000;

/** How long a stop may take when Kafka does not answer; batches have 5 s. */
const STOP_MS = 8_000;

/** For how long a reason that repeats itself is not told again. */
const TELL_AGAIN_MS = 60_000;

/** Publishes the log and the current listings to Kafka while the process runs. Of several processes one works at a time. */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Relay.name);
  private readonly stop = new AbortController();
  private readonly kafka: Kafka;
  private readonly told = new Map<string, number>();
  private running: Promise<unknown> = Promise.resolve();
  readonly states: readonly RelayState[];

  /** @param ways for tests: a shorter lease, smaller batches */
  constructor(
    private readonly database: Database,
    settings: KafkaSettings,
    private readonly ways: Pick<Relaying, 'leaseMs' | 'batchSize'> = {},
  ) {
    this.kafka = new Kafka(settings);
    const { events, listings } = topicNames(settings.prefix);
    this.states = [events, listings].map((topic) => ({ topic, status: 'standby', position: null, reason: null }));
  }

  onApplicationBootstrap(): void {
    this.running = this.begin();
  }

  /** Lets the batch at work end; within some seconds, whatever Kafka does. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.race([this.running, sleep(STOP_MS)]);
    await Promise.race([this.kafka.close(), sleep(1_000)]);
  }

  /** Resolves when nothing is published any more: told to stop, or every topic needs a person. */
  async ended(): Promise<void> {
    await this.running;
  }

  private async begin(): Promise<void> {
    const topics = topicNames(this.kafka.settings.prefix);
    while (!this.stop.signal.aborted) {
      try {
        await checkTopics(this.kafka, topics);
        break;
      } catch (error) {
        for (const state of this.states) this.waits(state, error);
        await sleep(TOPICS_PAUSE_MS, undefined, { signal: this.stop.signal }).catch(() => {});
      }
    }
    const [events, listings] = this.states as [RelayState, RelayState];
    await Promise.all([
      this.keep(events, (_client, recorded) => recorded.map((event) => eventMessage(event))),
      this.keep(listings, listingMessages),
    ]);
  }

  private async keep(state: RelayState, messagesOf: Relaying['messagesOf']): Promise<void> {
    const { topic } = state;
    Object.assign(state, { status: 'standby', reason: null });
    const published = (position: bigint) => Object.assign(state, { status: 'publishing', position, reason: null });
    const owning = (position: bigint) => {
      published(position);
      this.logger.log(`Publishes to ${topic}, from position ${position} on`);
    };
    try {
      await relay(this.database.pool, this.kafka, { topic, messagesOf, owning, published, waiting: (error) => this.waits(state, error), ...this.ways }, this.stop.signal);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      Object.assign(state, { status: 'stopped', reason });
      this.logger.error(`Publishes nothing to ${topic} any more: ${reason}`);
    }
  }

  private waits(state: RelayState, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    Object.assign(state, { status: 'waiting', reason });
    if (Date.now() - (this.told.get(reason) ?? -Infinity) < TELL_AGAIN_MS) return;
    if (this.told.size > 100) this.told.clear();
    this.told.set(reason, Date.now());
    this.logger.warn(`Waits: ${reason}`);
  }
}
