import { randomUUID } from 'node:crypto';
import { append as appendEvents, type NewEvent } from '@listory/event-log';
import type { Pool } from 'pg';
import { emmettStore, type EmmettStore } from '../emmett.js';
import type { Case, Result, Running } from '../result.js';
import { interleaved, millisecondsOf } from '../rounds.js';
import { spreadByRound, spreadOf } from '../statistics.js';

/** Appending, beside the event store for PostgreSQL that is published on npm, on the same server. */
export const append: Case = { name: 'append', about: 'the event log: one by one, and batches by ten clients', run };

const CLIENTS = 10;
const BATCH = 10;

/** The data of an event as a change of an address has it, some 500 bytes. */
const DATA = {
  list: 'us-bis-el',
  edition: { date: '2025-03-28', sha256: '4f'.repeat(32) },
  citations: [{ text: '90 FR 14046', volume: 90, page: 14_046, date: '2025-03-28' }],
  dating: 'publisher',
  reason: 'an address came',
  field: 'addresses',
  before: null,
  after: { text: 'No. 15, Haitai Huake Street, Huayuan Industrial Zone, Tianjin, CN', street: null, city: 'Tianjin', region: null, postalCode: null, country: 'CN', number: null, details: {} },
};

async function run({ rounds, quick, server, say }: Running): Promise<Result[]> {
  const { database, drop } = await server.freshDatabase();
  const theirs = await server.emptyDatabase();
  const emmett = await emmettStore(theirs, say);
  const singles = quick ? 200 : 1000;
  const batches = quick ? 10 : 50;
  const contenders = (once: (work: Append) => () => Promise<number>) => ({
    ours: once((stream, size) => ours(database.pool, stream, size)),
    ...(emmett && { theirs: once((stream, size) => theirAppend(emmett, stream, size)) }),
  }) as Contenders;
  try {
    const single = await interleaved(rounds, contenders((work) => () => rateOf(singles, () => times(singles, () => work('list-single', 1)))));
    const byAll = (work: Append) => Promise.all(Array.from({ length: CLIENTS }, (_, client) => times(batches, () => work(`list-${client}`, BATCH))));
    const batched = await interleaved(rounds, contenders((work) => () => rateOf(CLIENTS * batches * BATCH, () => byAll(work))));
    return [
      resultOf('append, one event at a time by one client', single),
      resultOf(`append, batches of ${BATCH} by ${CLIENTS} clients`, batched),
    ];
  } finally {
    await emmett?.close();
    await server.drop(theirs);
    await drop();
  }
}

type Append = (stream: string, size: number) => Promise<unknown>;

/** `theirs` is not there where it could not be installed. */
type Contenders = Record<'ours' | 'theirs', () => Promise<number>>;

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < count; n++) await work();
}

async function rateOf(events: number, work: () => Promise<unknown>): Promise<number> {
  return (events / (await millisecondsOf(work))) * 1000;
}

function ours(pool: Pool, list: string, size: number): Promise<unknown> {
  const events = Array.from({ length: size }, (): NewEvent => ({
    id: randomUUID(),
    list,
    type: 'address.added',
    subject: `${list}:1`,
    effectiveAt: '2025-03-28',
    cause: 'publisher',
    changeClass: 'substantive',
    schemaVersion: 1,
    data: DATA,
  }));
  return appendEvents(pool, { expected: new Map([[list, 'any']]), events });
}

function theirAppend(store: EmmettStore, stream: string, size: number): Promise<unknown> {
  return store.appendToStream(stream, Array.from({ length: size }, () => ({ type: 'address.added', data: DATA })));
}

function resultOf(what: string, rates: Partial<Record<'theirs', number[]>> & { ours: number[] }): Result {
  const measured = spreadOf(rates.ours);
  const aim = '>= × 1';
  if (!rates.theirs) return { what, measured, unit: 'events/s', aim, met: null, note: 'the other store could not be installed here' };
  const ratio = spreadByRound(rates.ours, rates.theirs, (one, other) => one / other);
  return {
    what,
    measured,
    unit: 'events/s',
    floor: { what: '@event-driven-io/emmett-postgresql 0.42.0', measured: spreadOf(rates.theirs) },
    ratio,
    aim,
    met: ratio.median >= 1,
  };
}
