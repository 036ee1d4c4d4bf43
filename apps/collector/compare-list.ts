import {
  addressId,
  fold,
  reconcile,
  type Cause,
  type Counts,
  type EditionRef,
  type FieldGroup,
  type ListingEvent,
  type ListReading,
  type Moment,
  type Totals,
} from '@listory/listings';
import { listingsAnnounced, type KnownEdition } from '@listory/views';
import type { Pool } from 'pg';
import { assignRows } from './assign-rows.js';
import { timelinesOf } from './timelines.js';

/** What recording one edition of one list would change. */
export interface ListComparison {
  list: string;
  edition: EditionRef;
  /** Of the edition: its sections with their rows, what it does not speak of, and how many entries it has. */
  sections: Record<string, number>;
  silentOn: readonly FieldGroup[];
  rows: number;
  cause: Cause;
  counts: Counts;
  totals: Totals;
  /** Names and addresses that listings lose which stay; one that is only written anew is not lost. */
  lost: Totals;
  /** Listings in effect at the edition's moment before it is recorded. */
  inEffect: number;
  /** Of how many listings it was decided by evidence, not by an id or the same content, which row continues them. */
  decided: number;
  /** The recorded edition before this one, if any. */
  before: KnownEdition | null;
  /** The recorded edition after this one, if any. */
  after: KnownEdition | null;
  /** The last recorded edition before this one that speaks of a group of fields, if any. */
  spokeBefore: (group: FieldGroup) => KnownEdition | null;
  events: ListingEvent[];
}

/**
 * Compares one edition of a list with what is known, and says in events what recording it changes. Nothing is written.
 * @param editions the recorded editions of this list, by moment
 * @param cause given where it is not the publisher's change that is recorded (`parser`)
 */
export async function compareList(
  db: Pool,
  reading: ListReading,
  edition: EditionRef,
  editions: readonly KnownEdition[],
  cause: Cause = causeOf(editions, edition),
): Promise<ListComparison> {
  for (const { state } of reading.rows) for (const address of state.addresses) address.id = addressId(address);
  const assignment = await assignRows(db, reading, edition.date);
  const silentOn = new Set<FieldGroup>(reading.silentOn);
  const changed = assignment.rows.filter((row) => !row.unchanged);
  const isLatest = !editions.some((one) => one.moment > edition.date);
  const announced = isLatest ? await listingsAnnounced(db, reading.list, edition.date) : [];
  const shown = new Set(assignment.rows.map((row) => row.listing));
  const gone = [...new Set([...assignment.gone, ...announced])].filter((listing) => !shown.has(listing));
  const tasks = [
    ...changed.map(({ listing, row, identity }) => ({ listing, row, identity })),
    ...gone.map((listing) => ({ listing, row: null, identity: undefined })),
  ].sort((a, b) => (a.listing < b.listing ? -1 : 1));
  const timelines = await timelinesOf(db, tasks.map((task) => task.listing));
  const counts: Counts = { added: 0, removed: 0, changed: 0 };
  const events: ListingEvent[] = [];
  const shared = { list: reading.list, edition, at: edition.date, editions: speakersAmong(editions), silentOn, cause };
  for (const task of tasks) {
    const timeline = timelines.get(task.listing) ?? fold([]);
    const result = reconcile({ ...shared, ...task, timeline });
    if (result.difference !== 'none') counts[result.difference]++;
    for (const event of result.events) events.push(event);
  }
  const decided = assignment.rows.filter(({ identity }) => identity.step === 'exact' || identity.step === 'assignment').length;
  const earlier = editions.filter((one) => one.moment < edition.date);
  const around = {
    before: earlier.at(-1) ?? null,
    after: editions.find((one) => one.moment > edition.date) ?? null,
    spokeBefore: (group: FieldGroup) => earlier.findLast((one) => !one.silentOn.includes(group)) ?? null,
  };
  const { list, sections } = reading;
  const { inEffect } = assignment;
  const said = { sections, silentOn: reading.silentOn, rows: reading.rows.length };
  return { list, edition, ...said, cause, counts, totals: totalsOf(reading), lost: lostBy(events, edition), inEffect, decided, ...around, events };
}

function causeOf(editions: readonly KnownEdition[], edition: EditionRef): Cause {
  if (editions.length === 0) return 'baseline';
  return editions.some((one) => one.moment > edition.date) ? 'backfill' : 'publisher';
}

/** The moments of the recorded editions that speak of a group of fields. */
function speakersAmong(editions: readonly KnownEdition[]): (group: FieldGroup) => readonly Moment[] {
  const found = new Map<FieldGroup, Moment[]>();
  return (group) => {
    const known = found.get(group) ?? editions.filter((one) => !one.silentOn.includes(group)).map((one) => one.moment);
    found.set(group, known);
    return known;
  };
}

/** What goes with this edition; what is put right at later ones is not its doing. */
function lostBy(events: readonly ListingEvent[], edition: EditionRef): Totals {
  const lost: Totals = { names: 0, addresses: 0 };
  for (const { type, effectiveAt } of events) {
    if (effectiveAt > edition.date) continue;
    if (type === 'alias.removed') lost.names++;
    if (type === 'address.removed') lost.addresses++;
  }
  return lost;
}

function totalsOf({ rows }: ListReading): Totals {
  let names = 0;
  let addresses = 0;
  for (const { state } of rows) {
    names += 1 + state.aliases.length;
    addresses += state.addresses.length;
  }
  return { names, addresses };
}
