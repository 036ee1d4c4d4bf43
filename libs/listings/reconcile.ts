import { canonicalJson } from './canonical.js';
import { eventsOfWrites } from './changes.js';
import type { Dating, ListingEvent } from './events.js';
import type { Json, Moment } from './listing.js';
import { CHANGE_DATES, changeDatesOf, type Row } from './reading.js';
import type { Neighbours, Reconciliation, Write } from './reconciliation.js';
import { canonicalState, fieldsOf, groupOf, Timeline } from './timeline.js';

/** How a listing differs between what was known of the edition's date and the edition. */
export type Difference = 'none' | 'added' | 'removed' | 'changed';

export interface Reconciled {
  difference: Difference;
  events: ListingEvent[];
}

/** A start that the publisher announces this many days ahead of an edition is believed; later ones are not. */
const ANNOUNCED_DAYS = 366;

const END_OF_TIME: Moment = '9999-12-31';

/**
 * Makes the timeline of one listing agree with one edition, whenever that edition arrives, and says so in events.
 *
 * What is known between the editions before and after is moved as little as possible: at `at` the edition is right,
 * at the next edition what was known stays right, and a date that the publisher gives is kept where neither
 * contradicts it. Nothing is written where the log already says what the edition says.
 */
export function reconcile(task: Reconciliation): Reconciled {
  const { timeline, at } = task;
  const row = isInForceLater(task) && task.neighbours('listing').after !== null ? null : task.row;
  if (row && timeline.fields.size === 0 && task.neighbours('listing').after === null) return firstSight(task, row);
  const original = timeline.copy();
  const writes = new Writes(timeline);
  const whole = task.neighbours('listing');
  const wasListed = whole.before !== null && timeline.valueAt('presence', whole.before, true) === true;
  const start = row && !wasListed ? startOf(row.state.declaredFrom, at, whole.before, true) : null;
  const restart = restartAfter(timeline, task, row !== null && !isAnnounced(start, at));

  const presence: Point[] = [];
  if (start) presence.push({ ...start, value: true });
  if (!row && wasListed) presence.push({ at, value: false, dating: 'edition' });
  if (restart) presence.push(restart);
  writes.impose({ field: 'presence', around: whole, points: presence, earlier: wasListed });

  if (row || wasListed) {
    const fields = row ? fieldsOf(row.state) : new Map<string, Json>();
    for (const field of timeline.fields.keys()) if (!fields.has(field)) fields.set(field, null);
    fields.delete('presence');
    fields.delete(Timeline.WHOLE);
    for (const [field, value] of fields) {
      if (task.silentOn.has(groupOf(field))) continue;
      // An edition without the listing has nothing to say against what silent editions around it have carried on.
      if (!row && !sameNeighbours(task.neighbours(groupOf(field)), whole)) continue;
      writes.impose(impositionOf(task, row, field, value, start));
    }
  }
  return { difference: differenceAt(task, original, writes.made), events: eventsOfWrites(task, original, writes.made) };
}

/** Whether the edition only announces the listing: what comes of that is for the next edition to say, if there is one. */
function isInForceLater({ row, at, timeline, neighbours }: Reconciliation): boolean {
  const { before } = neighbours('listing');
  const wasListed = before !== null && timeline.valueAt('presence', before, true) === true;
  return row !== null && !wasListed && startOf(row.state.declaredFrom, at, before, true).at > at;
}

/** The short way for a listing that nothing is known of, in the newest edition: most of every baseline. */
function firstSight(task: Reconciliation, row: Row): Reconciled {
  const { list, listing, cause, edition, identity } = task;
  const start = startOf(row.state.declaredFrom, task.at, task.neighbours('listing').before, true);
  const content = canonicalState(row.state);
  const { citations } = content;
  const about = { list, edition, citations, dating: start.dating, listing: content, key: row.key };
  const data = { ...about, ...(identity ? { identity } : {}) };
  const event = { type: 'listing.added', list, listing, effectiveAt: start.at, cause, changeClass: 'substantive', data } as const;
  return { difference: 'added', events: [event] };
}

/** What the edition says of the listing, against what was known of the edition's own date before. */
function differenceAt(task: Reconciliation, original: Timeline, writes: readonly Write[]): Difference {
  const { row, at } = task;
  if (writes.length === 0) return 'none';
  const was = original.valueAt('presence', at, true) === true;
  if (!was || row === null) return was === (row !== null) ? 'none' : was ? 'removed' : 'added';
  const fields = fieldsOf(row.state);
  for (const field of original.fields.keys()) if (!fields.has(field)) fields.set(field, null);
  for (const [field, value] of fields) {
    if (field === 'presence' || field === Timeline.WHOLE || task.silentOn.has(groupOf(field))) continue;
    if (!same(original.valueAt(field, at, true), value)) return 'changed';
  }
  return 'none';
}

interface Point {
  at: Moment;
  value: Json;
  dating: Dating;
}

type Start = Omit<Point, 'value'>;

/** From when on a listing counts as listed that edition `before` did not have and edition `at` has. */
function startOf(declared: Json, at: Moment, before: Moment | null, mayBeAhead: boolean): Start {
  if (typeof declared !== 'string') return { at, dating: 'edition' };
  const isPossible = declared > at ? mayBeAhead && daysBetween(at, declared) <= ANNOUNCED_DAYS : before === null || declared > before;
  return isPossible ? { at: declared, dating: 'publisher' } : { at, dating: 'edition' };
}

function sameNeighbours(one: Neighbours, other: Neighbours): boolean {
  return one.before === other.before && one.after === other.after;
}

function isAnnounced(start: Start | null, at: Moment): boolean {
  return start !== null && start.at > at;
}

/** How the listing stands at the edition after, where that differs from this one: it goes there, or starts there anew. */
function restartAfter(timeline: Timeline, { at, neighbours }: Reconciliation, isListed: boolean): Point | null {
  const { after } = neighbours('listing');
  if (after === null) return null;
  const listedAfter = timeline.valueAt('presence', after, true) === true;
  if (listedAfter === isListed) return null;
  if (!listedAfter) return { at: after, value: false, dating: 'edition' };
  return { ...startOf(timeline.valueAt('declaredFrom', after, true), after, at, false), value: true };
}

/** What one field has to read between the editions around that speak of it. */
function impositionOf(
  task: Reconciliation,
  row: Row | null,
  field: string,
  value: Json,
  start: Start | null,
): Imposition {
  const { timeline, at } = task;
  const around = task.neighbours(groupOf(field));
  const { before, after } = around;
  const earlier = before === null ? null : timeline.valueAt(field, before, true);
  const points: Point[] = [];
  if (row && start) points.push({ ...start, value });
  else if (row && !same(earlier, value)) points.push({ ...changePoint(changeDatesOf(row.state), before, at), value });
  if (after !== null && timeline.valueAt('presence', after, true) === true) {
    const later = timeline.valueAt(field, after, true);
    const details = { [CHANGE_DATES]: timeline.valueAt(`details.${CHANGE_DATES}`, after, true) };
    const period = timeline.periodStart(after);
    const point = period && period.at > task.editionBefore(after)! ? period : changePoint(changeDatesOf({ details }), at, after);
    if (!same(row ? value : earlier, later)) points.push({ at: point.at, dating: point.dating, value: later });
  }
  return { field, around, points, earlier };
}

/** When a change that edition `at` is the first to show took effect: the publisher's own date, or the edition's. */
function changePoint(changedOn: readonly string[], before: Moment | null, at: Moment): Start {
  const dates = changedOn.filter((date) => date <= at && (before === null || date > before));
  const last = dates[dates.length - 1];
  return last === undefined ? { at, dating: 'edition' } : { at: last, dating: 'publisher' };
}

interface Imposition {
  field: string;
  around: Neighbours;
  /** From when on the field has which value, ascending. */
  points: Point[];
  /** The value at the edition before. */
  earlier: Json;
}

/** The changes made to one timeline, each kept with what it replaced. */
class Writes {
  readonly made: Write[] = [];

  constructor(private readonly timeline: Timeline) {}

  /**
   * Makes the field read `earlier` up to the first point and then each point's value, until the next edition.
   * Where there is no later edition, this replaces whatever was announced ahead.
   */
  impose({ field, around: { before, after }, points, earlier }: Imposition): void {
    const { timeline } = this;
    const horizon = after ?? END_OF_TIME;
    const wanted = points.filter((point) => point.at <= horizon);
    for (const at of timeline.momentsOf(field)) {
      if ((before !== null && at <= before) || at > horizon) continue;
      const value = valueOfSteps(wanted, at, earlier);
      if (!this.reads(field, at, value)) this.write(field, at, value, datingOfSteps(wanted, at));
    }
    for (const { at, value, dating } of wanted) if (!this.reads(field, at, value)) this.write(field, at, value, dating);
  }

  /** Presence that was never recorded is absence. */
  private reads(field: string, at: Moment, value: Json): boolean {
    const known = this.timeline.valueAt(field, at, true);
    return field === 'presence' ? (known === true) === (value === true) : same(known, value);
  }

  private write(field: string, at: Moment, value: Json, dating: Dating): void {
    this.made.push({ field, at, value, dating, overwritten: this.timeline.valueAt(field, at) });
    this.timeline.set(field, at, value, dating);
  }
}

function valueOfSteps(steps: Point[], at: Moment, earlier: Json): Json {
  let value = earlier;
  for (const step of steps) if (step.at <= at) value = step.value;
  return value;
}

function datingOfSteps(steps: Point[], at: Moment): Dating {
  return steps.find((step) => step.at === at)?.dating ?? 'edition';
}

function same(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  return canonicalJson(a) === canonicalJson(b);
}

function daysBetween(from: Moment, to: Moment): number {
  return (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;
}
