import { randomUUID } from 'node:crypto';
import type pg from 'pg';
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

/** A row as a restore would put it into the table, at a position and time of the test's choice. */
export async function insertRow(db: Connection, position: bigint, recordedAt: string, row: { list?: string; version?: bigint; batchEnd?: bigint } = {}): Promise<void> {
  const { list = 'restored', version = position, batchEnd = position } = row;
  await (db as pg.ClientBase).query(
    `insert into log.events
     select position, list, version, id, 't', 's', null, 'publisher', null, 1, at, batch_end, '{}',
       log.digest(position, list, version, id, 't', 's', null, 'publisher', null, 1, log.instant(at), batch_end, '{}')
     from (select $1::bigint as position, $2 as list, $3::bigint as version, gen_random_uuid() as id, $4::timestamptz as at, $5::bigint as batch_end) row`,
    [String(position), list, String(version), recordedAt, String(batchEnd)],
  );
}
