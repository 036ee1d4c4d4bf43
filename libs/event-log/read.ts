import type pg from 'pg';
import type { RecordedEvent } from './event.js';

/** Whatever runs SQL: a pool, or a client inside a transaction. */
export type Connection = pg.Pool | pg.ClientBase;

/** Which events, in the order of positions. */
export interface Reading {
  /** Only later ones; 0n: from the beginning. */
  after: bigint;
  /** Only up to this position, inclusive. */
  upTo?: bigint;
  list?: string;
  type?: string;
  subjects?: readonly string[];
}

/** One row of log.events; positions and instants as text, for JS numbers and Dates would round them. */
export interface EventRow {
  position: string;
  list: string;
  version: string;
  id: string;
  type: string;
  subject: string;
  effective: string | null;
  cause: string;
  class: 'substantive' | 'editorial' | null;
  schema: number;
  recorded: string;
  batch: string;
  data: string;
  digest: string;
}

const COLUMNS = `position::text, list, version::text, event_id::text as id, type, subject, effective_at as effective, cause,
  change_class as class, schema_version as schema, log.instant(recorded_at) as recorded, batch_end::text as batch, data::text,
  encode(digest, 'hex') as digest`;

/**
 * Reads events in the order of positions, at most `limit` if it is given. Never blocks and never waits for a writer.
 * What it returns is complete: no event can appear later at or before the last position returned.
 */
export async function readEvents(db: Connection, reading: Reading & { limit?: number }): Promise<RecordedEvent[]> {
  return (await readRows(db, reading)).map(recorded);
}

/** The rows behind `readEvents`, with the data as the text that is stored. */
export async function readRows(db: Connection, reading: Reading & { limit?: number }): Promise<EventRow[]> {
  const { where, values } = condition(reading);
  const text = `select ${COLUMNS} from log.events where ${where} order by log.events.position limit $${values.length + 1}`;
  return (await (db as pg.ClientBase).query<EventRow>(text, [...values, reading.limit ?? null])).rows;
}

/** At most `limit` events up to a position, by subject and then by position: those after the one given. */
export async function readSubjects(db: Connection, upTo: bigint, after: Pick<RecordedEvent, 'subject' | 'position'>, limit: number): Promise<RecordedEvent[]> {
  const text = `select ${COLUMNS} from log.events where (log.events.subject, log.events.position) > ($1, $2) and log.events.position <= $3
    order by log.events.subject, log.events.position limit $4`;
  const { rows } = await (db as pg.ClientBase).query<EventRow>(text, [after.subject, String(after.position), String(upTo), limit]);
  return rows.map(recorded);
}

/** The condition of a reading, and its parameters from `$1` on. */
function condition({ after, upTo, list, type, subjects }: Reading): { where: string; values: unknown[] } {
  const values: unknown[] = [String(after)];
  const parts = ['log.events.position > $1'];
  const add = (part: (place: string) => string, value: unknown) => parts.push(part(`$${values.push(value)}`));
  if (upTo !== undefined) add((place) => `log.events.position <= ${place}`, String(upTo));
  if (list !== undefined) add((place) => `list = ${place}`, list);
  if (type !== undefined) add((place) => `type = ${place}`, type);
  if (subjects !== undefined) add((place) => `subject = any(${place})`, subjects);
  return { where: parts.join(' and '), values };
}

const texts = new WeakMap<RecordedEvent, string>();

/** The data of an event as JSON text: the one that is stored, for an event that was read from the log. */
export function dataText(event: RecordedEvent): string {
  return texts.get(event) ?? JSON.stringify(event.data);
}

/** The event of a row. Its data is parsed when it is first asked for: most followers look at few types. */
function recorded(row: EventRow): RecordedEvent {
  let data: Record<string, unknown> | undefined;
  const event: RecordedEvent = {
    position: BigInt(row.position),
    list: row.list,
    version: BigInt(row.version),
    id: row.id,
    type: row.type,
    subject: row.subject,
    effectiveAt: row.effective,
    cause: row.cause,
    changeClass: row.class,
    schemaVersion: row.schema,
    recordedAt: row.recorded,
    batchEnd: BigInt(row.batch),
    get data() {
      if (data) return data;
      data = JSON.parse(texts.get(event)!) as Record<string, unknown>;
      texts.delete(event);
      return data;
    },
  };
  texts.set(event, row.data);
  return event;
}
