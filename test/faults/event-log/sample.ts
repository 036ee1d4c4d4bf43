import { randomUUID } from 'node:crypto';
import { append, type Appended, type Connection, type NewEvent } from '@listory/event-log';

/** A new event of a list, with whatever the test cares about. */
export function event(list: string, given: Partial<NewEvent> = {}): NewEvent {
  return {
    id: randomUUID(),
    list,
    type: 'org.listory.listing.added.v1',
    subject: `${list}:1`,
    effectiveAt: '2025-03-25',
    cause: 'publisher',
    changeClass: 'substantive',
    schemaVersion: 1,
    data: { name: 'Nettrix' },
    ...given,
  };
}

/** `count` new events of one list, each about another listing. */
export function events(list: string, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => event(list, { subject: `${list}:${n}`, data: { n } }));
}

/** Appends to one list, at whatever version it is. */
export function record(db: Connection, list: string, count = 1): Promise<Appended> {
  return append(db, { expected: new Map([[list, 'any' as const]]), events: events(list, count) });
}
