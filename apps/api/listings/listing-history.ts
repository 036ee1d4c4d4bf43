import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { upcast } from '@listory/contracts';
import { readEvents, type RecordedEvent } from '@listory/event-log';
import type { Citation, EditionRef, Json, ListingState } from '@listory/listings';
import { Database } from '@listory/postgres';
import { editionsAround, lifeOf, presencesOf, knownListing, type Presence } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { distinctEditions, restsOf, type EditionUsed, type Rests } from '../asking/rests.js';
import { Problem } from '../problems.js';
import { continuationOf } from './find-life.js';
import { ofNobody, standingOf } from './standing.js';

/** The life of one listing: its periods and gaps, and every event about it. */
export class ListingHistory {
  constructor(
    readonly id: string,
    readonly moments: Moments,
  ) {}
}

export interface Period {
  from: string;
  fromDating: string;
  until: string | null;
  untilDating: string | null;
}

/** One recorded event about the listing. */
export interface HistoryEvent {
  type: string;
  position: bigint;
  recordedAt: string;
  effectiveAt: string | null;
  /** Where the effective date comes from. */
  dating: string | null;
  cause: string;
  class: string | null;
  reason: string | null;
  citations: Citation[];
  edition: EditionRef | null;
  field?: string;
  before?: Json;
  after?: Json;
  relisted?: boolean;
  listing?: ListingState;
  /** The listing at the other end of an identity decision. */
  other?: string;
  actor?: string;
}

/** Basis is how the listing stands on the day of asking; editions are those in which its changes were seen, and those around that day. */
export interface HistoryAnswer extends Rests {
  id: string;
  list: string;
  continuedBy?: string;
  periods: Period[];
  gaps: { from: string; until: string }[];
  /** The number of events. */
  total: number;
  events: HistoryEvent[];
  next: null;
}

@QueryHandler(ListingHistory)
export class ListingHistoryHandler implements IQueryHandler<ListingHistory, HistoryAnswer> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where no listing had this id by then */
  async execute({ id, moments }: ListingHistory): Promise<HistoryAnswer> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const known = await knownListing(pool, id);
    if (!known || known.firstPosition > knownAt.position) {
      throw new Problem('unknown-listing', `No listing '${id}' was known by then. Ids are found by name.`, { parameter: 'id' });
    }
    const [held, life, events] = await Promise.all([
      editionsAround(pool, [known.list], asOf, knownAt.position),
      lifeOf(pool, id, knownAt.position, asOf),
      readEvents(pool, { after: 0n, upTo: knownAt.position, subjects: [id] }),
    ]);
    const periods = (life ? presencesOf(life) : []).map(periodOf);
    const continuedBy = life ? null : await continuationOf(pool, id, knownAt.position);
    const { basis } = life ? standingOf(life, held[0], 'listing', asOf).certainty : ofNobody(held[0], asOf);
    const rests = restsOf(moments, basis, held);
    return {
      id,
      list: known.list,
      ...rests,
      editions: distinctEditions([...events.flatMap(editionOf), ...rests.editions]),
      ...(continuedBy ? { continuedBy } : {}),
      periods,
      gaps: periods.slice(1).map((period, index) => ({ from: periods[index]!.until!, until: period.from })),
      total: events.length,
      events: events.map(historyEvent),
      next: null,
    };
  }
}

function editionOf({ list, data }: RecordedEvent): EditionUsed[] {
  const { edition } = data as Said;
  return edition ? [{ list, date: edition.date, sha256: edition.sha256 }] : [];
}

/** A stretch of being there, in dates. */
export function periodOf({ from, to, fromDating, toDating }: Presence): Period {
  const until = toDating === null ? null : dateOfSeconds(to);
  return { from: dateOfSeconds(from), fromDating, until, untilDating: toDating };
}

function dateOfSeconds(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

const SHOWN = ['field', 'before', 'after', 'relisted', 'listing', 'other', 'actor'] as const;

type Said = Partial<HistoryEvent> & { identity?: { reason: string } };

function historyEvent(event: RecordedEvent): HistoryEvent {
  const data = upcast(event).data as Said;
  return {
    type: event.type,
    position: event.position,
    recordedAt: event.recordedAt,
    effectiveAt: event.effectiveAt,
    dating: data.dating ?? null,
    cause: event.cause,
    class: event.changeClass,
    reason: data.reason ?? data.identity?.reason ?? null,
    citations: data.citations ?? [],
    edition: data.edition ?? null,
    ...Object.fromEntries(SHOWN.filter((member) => member in data).map((member) => [member, data[member]])),
  };
}
