import { TopicMisconfigured, TopicsMissing } from './errors.js';
import type { Kafka, TopicSpec } from './kafka.js';

/** The topics of one Listory. */
export interface Topics {
  /** Every event of the log. */
  events: string;
  /** The current state of every listing, compacted. */
  listings: string;
}

/** How topics are made. */
export interface TopicOptions {
  /** Default 12: more consumers of one group than that cannot share the work. Raising it later keeps each listing in order. */
  partitions?: number;
  /** Default −1: as the cluster is set. */
  replication?: number;
}

/** Room for the largest events (a link of two listings with long histories); Kafka's default is 1 MB. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

const FOR_EVER = { 'retention.ms': '-1', 'retention.bytes': '-1' };

/** The names of the topics with this prefix: `listory.events`, `listory.listings`. */
export function topicNames(prefix = 'listory.'): Topics {
  return { events: `${prefix}events`, listings: `${prefix}listings` };
}

function specs(topics: Topics): TopicSpec[] {
  const common = { 'max.message.bytes': String(MAX_MESSAGE_BYTES), 'message.timestamp.type': 'CreateTime', ...FOR_EVER };
  return [
    { topic: topics.events, config: { 'cleanup.policy': 'delete', ...common } },
    { topic: topics.listings, config: { 'cleanup.policy': 'compact', ...common } },
  ];
}

/**
 * Makes those topics that do not exist yet.
 * @returns the names of those made
 * @throws {KafkaUnreachable}
 */
export async function createTopics(kafka: Kafka, topics: Topics, { partitions = 12, replication = -1 }: TopicOptions = {}): Promise<string[]> {
  const made: string[] = [];
  for (const spec of specs(topics)) {
    if (await kafka.createTopic(spec, partitions, replication)) made.push(spec.topic);
  }
  return made;
}

/**
 * Checks that the topics exist and keep what is published: events for ever, listings by key.
 * @throws {TopicsMissing} {TopicMisconfigured} {KafkaUnreachable}
 */
export async function checkTopics(kafka: Kafka, topics: Topics): Promise<void> {
  const wanted = specs(topics);
  const found = await kafka.describeTopics(wanted.map(({ topic }) => topic));
  const missing = wanted.filter(({ topic }) => !found.has(topic)).map(({ topic }) => topic);
  if (missing.length) throw new TopicsMissing(missing);
  for (const { topic, config } of wanted) {
    // How long events are kept, and how large one may be, is the operator's to choose; the kind of topic is not.
    const policy = found.get(topic)!['cleanup.policy'] ?? '';
    if (policy !== config['cleanup.policy']) throw new TopicMisconfigured(topic, 'cleanup.policy', policy, config['cleanup.policy']!);
  }
}
