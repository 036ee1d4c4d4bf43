import { cloudEventText, storedTypeOf } from '@listory/contracts';
import { dataText, readEvents } from '@listory/event-log';
import type { Pool } from 'pg';
import type { EventFilter } from './recorded-events.js';

/** Events that are read at once. */
const BATCH = 2_000;

/**
 * Events up to a position as lines of JSON, whole batches of them: one is read while the one before is sent.
 * @param limit how many at most
 */
export async function* eventLines(pool: Pool, { after, list, type }: EventFilter, upTo: bigint, limit = Infinity): AsyncGenerator<string> {
  const filter = { upTo, ...(list ? { list } : {}), ...(type ? { type: storedTypeOf(type) } : {}) };
  let left = limit;
  const read = (from: bigint) => {
    const events = readEvents(pool, { ...filter, after: from, limit: Math.min(BATCH, left) });
    // Nobody waits for it any more where the client has gone.
    events.catch(() => {});
    return events;
  };
  for (let next: ReturnType<typeof read> | null = left > 0 ? read(BigInt(after)) : null; next; ) {
    const events = await next;
    const isLast = events.length < Math.min(BATCH, left) || events.length === left;
    left -= events.length;
    next = isLast ? null : read(events[events.length - 1]!.position);
    if (events.length > 0) yield events.map((event) => `${cloudEventText(event, dataText(event))}\n`).join('');
  }
}
