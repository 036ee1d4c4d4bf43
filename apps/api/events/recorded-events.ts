import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { storedTypeOf, toCloudEvent, type CloudEvent } from '@listory/contracts';
import { headPosition, readEvents } from '@listory/event-log';
import { Database } from '@listory/postgres';
import { Problem } from '../problems.js';

/** Which events: later than a position, of a list, of a type. */
export interface EventFilter {
  after: number;
  list?: string;
  /** With or without prefix and version. */
  type?: string;
}

/** A page of the log as CloudEvents. */
export class RecordedEvents {
  constructor(
    readonly filter: EventFilter,
    readonly limit: number,
  ) {}
}

export interface EventsAnswer {
  events: CloudEvent[];
  /** Ask with `after` set to this for what follows. */
  next: number;
  head: number;
}

@QueryHandler(RecordedEvents)
export class RecordedEventsHandler implements IQueryHandler<RecordedEvents, EventsAnswer> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where `after` is beyond the head */
  async execute({ filter: { after, list, type }, limit }: RecordedEvents): Promise<EventsAnswer> {
    const { pool } = this.database;
    // The head is taken first: what is recorded meanwhile comes with the next page.
    const head = await headPosition(pool);
    requireRecorded(after, head, 'after');
    const reading = { after: BigInt(after), upTo: head, limit, ...(list ? { list } : {}), ...(type ? { type: storedTypeOf(type) } : {}) };
    const events = await readEvents(pool, reading);
    const last = events.length < limit ? head : events[events.length - 1]!.position;
    return { events: events.map((event) => toCloudEvent(event)), next: Number(last), head: Number(head) };
  }
}

/**
 * A position beyond the head is none that this log has given out: who went on from there would miss what comes before it.
 * @param parameter where the position stands in the question
 * @throws Problem
 */
export function requireRecorded(after: number, head: bigint, parameter: string): void {
  if (BigInt(after) <= head) return;
  const why = `${parameter} is ${after}, but the last position of this log is ${head}. It comes from another log, or from one that was since restored: read again from where both agree.`;
  throw new Problem('invalid-parameter', why, { parameter, head: Number(head) });
}
