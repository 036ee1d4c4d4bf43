import { QueryBus } from '@nestjs/cqrs';
import { Wakeups } from '@listory/event-log';
import type { Pool } from 'pg';
import { RecordedEvents, type EventFilter, type EventsAnswer } from './recorded-events.js';

/** Most events that are read at once. */
const BATCH = 500;

/** How long to wait for a word of the database before looking at the log all the same. */
const POLL_MS = 1_000;

/**
 * The log from a position on, for ever: whole pages as they come, and an empty one when `idleMs` have passed without any.
 * Ends with `signal`.
 * @param limit events of a page
 */
export async function* followEvents(
  queries: QueryBus,
  pool: Pool,
  filter: EventFilter,
  signal: AbortSignal,
  idleMs = Infinity,
  limit = BATCH,
): AsyncGenerator<EventsAnswer> {
  const wakeups = Wakeups.of(pool);
  let { after } = filter;
  let lastWord = Date.now();
  try {
    while (!signal.aborted) {
      const { heard } = wakeups;
      const page = await queries.execute<RecordedEvents, EventsAnswer>(new RecordedEvents({ ...filter, after }, limit));
      const isAtHead = page.next >= page.head;
      after = page.next;
      if (page.events.length > 0 || Date.now() - lastWord >= idleMs) {
        lastWord = Date.now();
        yield page;
      }
      if (isAtHead) await wakeups.next(heard, Math.max(1, Math.min(POLL_MS, lastWord + idleMs - Date.now())), signal);
    }
  } finally {
    await wakeups.close();
  }
}
