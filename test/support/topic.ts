import type { Kafka } from '@listory/stream';

/** A message as tests look at it. */
export interface SeenMessage {
  partition: number;
  offset: number;
  key: string;
  value: string;
  headers: Record<string, string>;
}

/** All committed messages of a topic that are there now, partition by partition in order. */
export async function messagesIn(kafka: Kafka, topic: string): Promise<SeenMessage[]> {
  const ends = await kafka.endOffsets(topic);
  const left = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition));
  const seen: SeenMessage[] = [];
  if (!left.size) return seen;
  const consumer = kafka.consumer(`look-${process.pid}-${Math.random()}`);
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
    // Also told of batches that hold nothing but the ends of transactions.
    consumer.on('consumer.end_batch_process', ({ payload }) => {
      if (Number(payload.lastOffset) + 1 >= ends.get(payload.partition)!) left.delete(payload.partition);
      if (!left.size) resolve();
    });
    void consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        for (const { offset, key, value, headers } of batch.messages) {
          const texts = Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]));
          seen.push({ partition: batch.partition, offset: Number(offset), key: String(key), value: String(value), headers: texts });
        }
      },
    });
  });
  await consumer.disconnect();
  return seen.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
