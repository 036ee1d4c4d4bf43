import { createHash } from 'node:crypto';
import type pg from 'pg';
import { headPosition } from './positions.js';
import { readRows, type Connection, type EventRow } from './read.js';

/** The first place where the log is not what it promises to be. */
export class LogDifference {
  constructor(
    /** Null where the difference is not at one event. */
    readonly position: bigint | null,
    readonly what: string,
  ) {}

  toString(): string {
    return this.position === null ? this.what : `position ${this.position}: ${this.what}`;
  }
}

const BATCH = 2000;

/**
 * Checks the whole log up to its present head: positions 1, 2, 3 … without a gap, digests that fit, versions that rise
 * by one within each list, appends that are whole, recorded times that never fall, and list versions that agree.
 * Yields the first difference and ends, or nothing. Digests are computed here, not by the database that is judged.
 */
export async function* verifyLog(db: Connection): AsyncGenerator<LogDifference, void, void> {
  const head = await headPosition(db);
  const versions = new Map<string, bigint>();
  let previous: EventRow | null = null;
  for (let after = 0n; after < head; ) {
    const rows = await readRows(db, { after, upTo: head, limit: BATCH });
    if (!rows.length) return yield new LogDifference(after + 1n, 'is missing');
    for (const row of rows) {
      const what = differenceAt(row, previous, versions.get(row.list) ?? 0n);
      if (what) return yield new LogDifference(BigInt(row.position), what);
      versions.set(row.list, BigInt(row.version));
      previous = row;
    }
    after = BigInt(rows.at(-1)!.position);
  }
  if (previous && previous.batch !== previous.position) return yield new LogDifference(BigInt(previous.batch), 'is missing: its append is cut off');
  yield* listVersions(db, [...versions.keys()]);
}

function differenceAt(row: EventRow, previous: EventRow | null, version: bigint): string | null {
  const expected = BigInt(previous?.position ?? 0) + 1n;
  if (BigInt(row.position) !== expected) return `follows ${expected - 1n}: the positions between are missing`;
  const digest = digestOf(row);
  if (digest !== row.digest) return `was altered: its digest is ${row.digest}, its content gives ${digest}`;
  if (BigInt(row.version) !== version + 1n) return `has version ${row.version} of list ${row.list}, after version ${version}`;
  const within = previous !== null && previous.position !== previous.batch;
  if (within && (row.batch !== previous!.batch || row.recorded !== previous!.recorded)) return `stands inside the append that ends at ${previous!.batch}, but is not of it`;
  if (previous && row.recorded < previous.recorded) return `was recorded at ${row.recorded}, before its predecessor (${previous.recorded})`;
  return null;
}

/** The digest of an event, as `log.digest` in the database defines it: a JSON array of its columns, a line feed, its data as stored. */
export function digestOf(row: EventRow): string {
  const columns = [
    row.position, row.list, row.version, row.id, row.type, row.subject, row.effective, row.cause, row.class, String(row.schema), row.recorded, row.batch,
  ];
  const line = `[${columns.map((column) => JSON.stringify(column)).join(', ')}]`;
  return createHash('sha256').update(`${line}\n${row.data}`).digest('hex');
}

/** In one statement, hence at one moment: events may be appended meanwhile. */
async function* listVersions(db: Connection, lists: string[]): AsyncGenerator<LogDifference, void, void> {
  const { rows } = await (db as pg.ClientBase).query<{ list: string; stream: string | null; last: string }>(
    `select l as list, s.version::text as stream, last.version::text as last
     from unnest($1::text[]) l left join log.streams s on s.list = l
     cross join lateral (select e.version from log.events e where e.list = l order by e.position desc limit 1) last
     where s.version is distinct from last.version order by l limit 1`,
    [lists],
  );
  for (const { list, stream, last } of rows) yield new LogDifference(null, `list ${list} is at version ${stream ?? 'none'}, its last event at ${last}`);
}
