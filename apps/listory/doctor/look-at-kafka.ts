import { checkTopics, Kafka, kafkaSettings, requireInLog, topicNames, topicPosition } from '@listory/stream';
import type { Pool } from 'pg';
import { ok, watch, wrong, type Diagnosis } from './diagnosis.js';

/** The broker, the topics, and whether they fit this log; nothing where no Kafka is set. */
export async function lookAtKafka(pool: Pool): Promise<Diagnosis[]> {
  const settings = kafkaSettings();
  if (!settings) return [ok('kafka', 'LISTORY_KAFKA_BROKERS is not set: nothing is published')];
  const kafka = new Kafka(settings);
  const topics = topicNames(settings.prefix);
  try {
    await checkTopics(kafka, topics);
    const found: Diagnosis[] = [ok('kafka', `${settings.brokers.join(', ')}: both topics are as they have to be`)];
    for (const topic of Object.values(topics)) found.push(await lookAtTopic(pool, kafka, topic));
    return found;
  } catch (error) {
    return [wrong('kafka', error instanceof Error ? error.message : String(error), 'Imports and answers go on; the relay catches up by itself when it can.')];
  } finally {
    await kafka.close();
  }
}

async function lookAtTopic(pool: Pool, kafka: Kafka, topic: string): Promise<Diagnosis> {
  const about = `topic ${topic}`;
  const stored = await topicPosition(kafka, topic);
  if (stored === 'forgotten') return watch(about, 'Kafka has forgotten where the relay was', 'The relay goes on from what the database knows; some events may be sent once more.');
  try {
    await requireInLog(pool, topic, stored);
    return ok(about, `published up to position ${stored.position}`);
  } catch (error) {
    return wrong(about, (error as Error).message, 'The relay has stopped; nothing is lost.');
  }
}
