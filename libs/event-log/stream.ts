import type { RecordedEvent } from './event.js';
import { readEvents, readSubjects, type Connection, type Reading } from './read.js';

/**
 * All events of a reading, in batches in the order of positions, for rebuilds and exports. The next batch is fetched
 * while the caller works on the last. No transaction stays open between batches: what is recorded never changes, so
 * none is needed, and an hour's reading does not hold back vacuum. Ends at the log's head of that moment.
 * @param batchSize events per batch; batches may split an append
 */
export async function* streamEvents(db: Connection, reading: Reading, batchSize = 2000): AsyncGenerator<RecordedEvent[], void, void> {
  const read = (after: bigint) => {
    const batch = readEvents(db, { ...reading, after, limit: batchSize });
    // The caller may leave before it asks for this one; then its failure concerns nobody.
    batch.catch(() => {});
    return batch;
  };
  let next = read(reading.after);
  for (;;) {
    const batch = await next;
    if (!batch.length) return;
    if (batch.length < batchSize) return yield batch;
    next = read(batch.at(-1)!.position);
    yield batch;
  }
}

/**
 * All events up to a position, in batches in the order of their subjects, and of one subject in the order of positions:
 * for who needs the whole life of each before that of the next.
 * @param batchSize events per batch; batches may split a subject
 */
export async function* streamBySubject(db: Connection, upTo: bigint, batchSize = 2000): AsyncGenerator<RecordedEvent[], void, void> {
  const read = (last?: RecordedEvent) => {
    const batch = readSubjects(db, upTo, last ?? { subject: '', position: 0n }, batchSize);
    batch.catch(() => {});
    return batch;
  };
  let next = read();
  for (;;) {
    const batch = await next;
    if (!batch.length) return;
    if (batch.length < batchSize) return yield batch;
    next = read(batch.at(-1));
    yield batch;
  }
}
