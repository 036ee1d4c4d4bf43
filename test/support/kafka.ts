import { describe } from '@jest/globals';
import { LocalBroker, missingForBroker } from '../../infra/kafka/index.js';

const given = process.env.LISTORY_KAFKA_BROKERS || null;
const missing = given || process.env.CI ? null : missingForBroker();

/** Tests that need a broker: skipped, loudly, where none can be had; in CI they fail instead. */
export const describeWithKafka: typeof describe.skip = missing === null ? describe : loudly(`no Kafka here (${missing})`);

/** Tests that need a broker of their own, to kill it. */
export const describeWithOwnKafka: typeof describe.skip = given ? loudly('LISTORY_KAFKA_BROKERS names a broker that is not to be killed') : describeWithKafka;

function loudly(why: string): typeof describe.skip {
  console.warn(`Tests with Kafka are SKIPPED: ${why}.`);
  return describe.skip;
}

/** A broker for one file of tests. */
export async function brokerForTests(): Promise<{ brokers: string[]; local: LocalBroker | null; close(): Promise<void> }> {
  if (given) return { brokers: given.split(','), local: null, close: async () => {} };
  const local = await LocalBroker.start();
  return { brokers: [local.address], local, close: () => local.remove() };
}

let made = 0;

/** A prefix for the names of topics that nobody else uses. */
export function freshPrefix(): string {
  return `test-${process.pid}-${Date.now()}-${++made}.`;
}
