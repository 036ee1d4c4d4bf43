import type pg from 'pg';
import { AppendMisusedError, EventIdReusedError, LogBusyError, UnstorableTextError, VersionConflictError } from './errors.js';
import type { NewEvent } from './event.js';
import { binaryTexts } from './binary-texts.js';

/** What is appended, and on which condition. */
export interface Append {
  /**
   * The version at which each list must be (0n: nothing recorded of it yet), or `any`. Names every list of the events,
   * and may name others on whose version the decision rests.
   */
  expected: ReadonlyMap<string, bigint | 'any'>;
  /** At least one. They become visible together or not at all. */
  events: readonly NewEvent[];
  /** How long to wait for each lock that others hold. Default 10,000 ms. */
  timeoutMs?: number;
}

/** Where the events stand now. */
export interface Appended {
  first: bigint;
  last: bigint;
  /** RFC 3339 in UTC with microseconds. */
  recordedAt: string;
  /** The new version of each list that got events. */
  versions: Map<string, bigint>;
}

interface Row {
  first: string;
  last: string;
  recorded: string;
  versions: Record<string, string>;
}

const SQL = `select first_position::text as first, last_position::text as last, recorded, versions
  from log.append($1::uuid[], $2::json, $3::text[], $4::text[], $5::bigint[], $6::integer)`;

/**
 * Records events. Their positions follow the log's last one without a gap, and nobody who has read up to a position
 * will ever find an earlier one later. Sent again with the same ids after a lost reply, it returns the first answer.
 * @param client a pool (then this is a transaction of its own), or a client inside the caller's READ COMMITTED
 *   transaction, which holds the log's lock until it ends: commit soon. One append per transaction.
 * @throws {VersionConflictError} a list is at another version; nothing was recorded
 * @throws {EventIdReusedError} an id is in the log with other content
 * @throws {UnstorableTextError} a text holds a NUL or half of a surrogate pair
 * @throws {LogBusyError} others held the locks for longer than `timeoutMs`
 * @throws {AppendMisusedError} no events, a list without expectation, a second append in the transaction, another isolation level
 */
export async function append(client: pg.Pool | pg.ClientBase, { expected, events, timeoutMs = 10_000 }: Append): Promise<Appended> {
  if (!events.length) throw new AppendMisusedError('An append needs at least one event.');
  const unexpected = events.find((event) => !expected.has(event.list));
  if (unexpected) throw new AppendMisusedError(`The append has events of ${unexpected.list} but no expected version for it; say 'any' where it does not matter.`);
  const versions = [...expected.values()].map((version) => (version === 'any' ? null : String(version)));
  // The contents apart, in binary: to take them out of one JSON document costs PostgreSQL as much as recording them.
  const contents = events.map((event) => JSON.stringify(event.data));
  contents.forEach((text, index) => {
    if (text.includes('\\u') && UNSTORABLE.test(text)) throw new UnstorableTextError(events[index]!.id, events[index]!.subject);
  });
  const about = JSON.stringify(events.map(({ data: _data, ...rest }) => rest));
  const values = [events.map((event) => event.id), about, binaryTexts(contents), [...expected.keys()], versions, Math.max(1, Math.ceil(timeoutMs))];
  try {
    const { rows } = await (client as pg.ClientBase).query<Row>({ name: 'listory-append', text: SQL, values });
    return appended(rows[0]!);
  } catch (error) {
    throw explained(error, events, timeoutMs);
  }
}

function appended(row: Row): Appended {
  const versions = new Map(Object.entries(row.versions).map(([list, version]) => [list, BigInt(version)]));
  return { first: BigInt(row.first), last: BigInt(row.last), recordedAt: row.recorded, versions };
}

/** A NUL, or half of a surrogate pair, as JSON.stringify writes them. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** The SQLSTATEs of `log.append`, in words. */
function explained(error: unknown, events: readonly NewEvent[], timeoutMs: number): unknown {
  const { code, detail, message, constraint } = error as pg.DatabaseError;
  if (code === '55P03') return new LogBusyError(timeoutMs, { cause: error });
  if (code === 'LY001') {
    const { list, expected, actual } = JSON.parse(detail ?? '{}') as { list: string; expected: string; actual: string };
    return new VersionConflictError(list, BigInt(expected), BigInt(actual), { cause: error });
  }
  if (code === 'LY002') return new EventIdReusedError(detail ?? null, { cause: error });
  // Two appends to different lists with one id, at the same time: the index decides.
  if (code === '23505' && constraint === 'events_event_id_key') return new EventIdReusedError(/\(([0-9a-f-]{36})\)/.exec(detail ?? '')?.[1] ?? null, { cause: error });
  const unstorable = code === '22P05' || code === '22P02' ? events.find((event) => UNSTORABLE.test(JSON.stringify(event))) : undefined;
  if (unstorable) return new UnstorableTextError(unstorable.id, unstorable.subject, { cause: error });
  if (code === 'LY003' || code === 'LY004') return new AppendMisusedError(message, { cause: error });
  return error;
}
