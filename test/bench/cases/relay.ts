import { dropFollower, headPosition } from '@listory/event-log';
import { createTopics, eventMessage, Kafka, relay as relayLog, relayName, topicNames } from '@listory/stream';
import { LocalBroker, missingForBroker } from '../../../infra/kafka/index.js';
import { histories } from '../histories.js';
import { copyOut, copyProgram } from '../plain-copy.js';
import type { Case, Result, Running } from '../result.js';
import { interleaved, millisecondsOf } from '../rounds.js';
import { spreadByRound, spreadOf } from '../statistics.js';

/** The whole log into a topic of a broker on this machine, from the first event to the last acknowledged. */
export const relay: Case = { name: 'relay', about: 'the whole log to Kafka', run };

async function run(running: Running): Promise<Result[]> {
  const missing = missingForBroker();
  if (missing !== null) {
    running.say(`left out: no Kafka here (${missing})`);
    return [];
  }
  const { url, database, history } = await histories(running).usual();
  const broker = await LocalBroker.start();
  let round = 0;
  try {
    const times = await interleaved(running.rounds, {
      floor: () => copyOut(url, 'copy (select * from log.events order by position) to stdout'),
      relay: () => publishAll(database.pool, broker.address, `bench-${++round}.`),
    });
    const rates = (ms: readonly number[]) => spreadOf(ms.map((one) => (history.events / one) * 1000));
    const measured = rates(times.relay);
    return [
      {
        what: `relay of ${history.events} events to a broker on this machine`,
        measured,
        unit: 'events/s',
        floor: { what: `COPY of the log TO STDOUT by ${copyProgram}`, measured: rates(times.floor) },
        ratio: spreadByRound(times.relay, times.floor, (one, other) => one / other),
        aim: '>= 20 000 events/s',
        met: measured.median >= 20_000,
      },
    ];
  } finally {
    await broker.remove();
  }
}

/** @returns milliseconds until the topic holds the last event; topics and connections are there before */
async function publishAll(pool: Parameters<typeof relayLog>[0], address: string, prefix: string): Promise<number> {
  const kafka = new Kafka({ brokers: [address], prefix });
  const { events: topic } = topicNames(prefix);
  await createTopics(kafka, topicNames(prefix));
  const head = await headPosition(pool);
  const stop = new AbortController();
  try {
    return await millisecondsOf(() =>
      relayLog(
        pool,
        kafka,
        {
          topic,
          messagesOf: (_client, events) => events.map((event) => eventMessage(event)),
          published: (position) => void (position >= head && stop.abort()),
        },
        stop.signal,
      ),
    );
  } finally {
    await kafka.close();
    await dropFollower(pool, relayName(topic));
  }
}
