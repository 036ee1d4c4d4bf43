import { canonicalJson } from './canonical.js';
import { eventsOfWrites } from './changes.js';
import type { Cause, Dating, EditionRef, IdentityDecision, ListingEvent } from './events.js';
import type { Json, ListId, Moment } from './listing.js';
import type { FieldGroup, Row } from './reading.js';
import { fieldsOf, groupOf, type Timeline } from './timeline.js';

/** The editions around the one that is being recorded, that speak of a group of fields. */
export interface Neighbours {
  /** Moment of the nearest earlier edition; null when there is none. */
  before: Moment | null;
  /** Moment of the nearest later edition; null when there is none. */
  after: Moment | null;
}

export interface Reconciliation {
  list: ListId;
  listing: string;
  /** What is known of the listing now; changed in place. */
  timeline: Timeline;
  /** What the edition says of it; null when it is not in the edition. */
  row: Row | null;
  edition: EditionRef;
  /** The moment for which the edition speaks. */
  at: Moment;
  neighbours: (group: FieldGroup) => Neighbours;
  silentOn: ReadonlySet<FieldGroup>;
  cause: Cause;
  identity?: IdentityDecision;
}

/** How a listing differs between what was known of the edition's date and the edition. */
export type Difference = 'none' | 'added' | 'removed' | 'changed';

export interface Reconciled {
  difference: Difference;
  events: ListingEvent[];
}

/** One change of the timeline that the edition asks for. */
export interface Write {
  field: string;
  at: Moment;
  value: Json;
  dating: Dating;
  /** What the timeline said of this very moment before. */
  overwritten: Json;
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
  const { timeline, row, at } = task;
  const original = timeline.copy();
  const writes = new Writes(timeline);
  const whole = task.neighbours('listing');
  const wasListed = whole.before !== null && timeline.valueAt('presence', whole.before, true) === true;
  const listedAfter = whole.after !== null && timeline.valueAt('presence', whole.after, true) === true;
  const start = row ? startOf(row, at, whole.before, wasListed) : null;

  const presence: Point[] = [];
  if (row && !wasListed) presence.push({ at: start!.at, value: true, dating: start!.dating });
  if (!row && wasListed) presence.push({ at, value: false, dating: 'edition' });
  writes.impose({ field: 'presence', around: whole, at, points: presence, earlier: wasListed, keepsAfter: true });

  if (row) {
    const fields = fieldsOf(row.state);
    for (const field of timeline.fields.keys()) if (!fields.has(field)) fields.set(field, null);
    for (const [field, value] of fields) {
      if (field === 'presence' || task.silentOn.has(groupOf(field))) continue;
      const around = task.neighbours(groupOf(field));
      const point = wasListed ? changePoint(row, around.before, at, value) : { ...start!, value };
      const earlier = around.before === null ? null : timeline.valueAt(field, around.before, true);
      const points = wasListed && same(earlier, value) ? [] : [point];
      writes.impose({ field, around, at, points, earlier, keepsAfter: listedAfter });
    }
  }
  return { difference: differenceAt(task, original, writes.made), events: eventsOfWrites(task, original, writes.made) };
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
    if (field === 'presence' || task.silentOn.has(groupOf(field))) continue;
    if (!same(original.valueAt(field, at, true), value)) return 'changed';
  }
  return 'none';
}

interface Point {
  at: Moment;
  value: Json;
  dating: Dating;
}

/** From when on a listing that the edition before did not have counts as listed. */
function startOf(row: Row, at: Moment, before: Moment | null, wasListed: boolean): { at: Moment; dating: Dating } {
  const declared = row.state.declaredFrom;
  if (wasListed || declared === null) return { at, dating: 'edition' };
  if (declared > at) return daysBetween(at, declared) <= ANNOUNCED_DAYS ? { at: declared, dating: 'publisher' } : { at, dating: 'edition' };
  if (before !== null && declared <= before) return { at, dating: 'edition' };
  return { at: declared, dating: 'publisher' };
}

/** When a change that this edition is the first to show took effect. */
function changePoint(row: Row, before: Moment | null, at: Moment, value: Json): Point {
  for (let index = row.changedOn.length - 1; index >= 0; index--) {
    const date = row.changedOn[index]!;
    if (date <= at && (before === null || date > before)) return { at: date, value, dating: 'publisher' };
  }
  return { at, value, dating: 'edition' };
}

interface Imposition {
  field: string;
  around: Neighbours;
  at: Moment;
  points: Point[];
  /** The value at the edition before. */
  earlier: Json;
  /** Whether what holds at the edition after has to be put back there. */
  keepsAfter: boolean;
}

/** The changes made to one timeline, each kept with what it replaced. */
class Writes {
  readonly made: Write[] = [];

  constructor(private readonly timeline: Timeline) {}

  /**
   * Makes the field read `earlier` up to the first point and then each point's value until `at`; what holds at the next
   * edition is put back there. Without a later edition, points after `at` (announced ahead) replace what was announced.
   */
  impose({ field, around, at, points, earlier, keepsAfter }: Imposition): void {
    const { timeline } = this;
    const { before, after } = around;
    const valueAfter = after === null ? null : timeline.valueAt(field, after, true);
    const horizon = after === null ? END_OF_TIME : at;
    const wanted = points.filter((point) => point.at <= horizon);
    const known = (timeline.fields.get(field) ?? []).filter(
      (entry) => entry.layer === 0 && (before === null || entry.at > before) && entry.at <= horizon,
    );
    for (const { at: moment, value: was } of known) {
      const value = valueOfSteps(wanted, moment, earlier);
      if (!same(was, value)) this.write(field, moment, value, datingOfSteps(wanted, moment));
    }
    for (const point of wanted) {
      if (!this.reads(field, point.at, point.value)) this.write(field, point.at, point.value, point.dating);
    }
    if (after !== null && keepsAfter && !this.reads(field, after, valueAfter)) {
      this.write(field, after, valueAfter, 'edition');
    }
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
