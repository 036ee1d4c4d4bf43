import { eventsOfWrites } from './changes.js';
import { EditionsAround, nearest } from './editions-around.js';
import type { ListingEvent } from './events.js';
import type { Json, Moment } from './listing.js';
import { CHANGE_DATES, changeDatesOf, type Row } from './reading.js';
import type { Neighbours, Reconciliation, Write } from './reconciliation.js';
import { canonicalState, fieldsOf, groupOf, Timeline } from './timeline.js';
import { same, Writes, type Imposition, type Point } from './writes.js';

/** How a listing differs between what was known of the edition's date and the edition. */
export type Difference = 'none' | 'added' | 'removed' | 'changed';

export interface Reconciled {
  difference: Difference;
  events: ListingEvent[];
}

/** A start that the publisher announces this many days ahead of an edition is believed; later ones are not. */
const ANNOUNCED_DAYS = 366;

/**
 * Makes the timeline of one listing agree with one edition, whenever that edition arrives, and says so in events.
 *
 * What is known between the editions before and after is moved as little as possible: at `at` the edition is right,
 * at the next edition what was known stays right, and a date that the publisher gives is kept where neither
 * contradicts it. Nothing is written where the log already says what the edition says.
 */
export function reconcile(task: Reconciliation): Reconciled {
  const { timeline, at } = task;
  const whole = nearest(task.editions('listing'), at);
  const row = isInForceLater(task, whole) && whole.after !== null ? null : task.row;
  if (row && timeline.fields.size === 0 && whole.after === null) return firstSight(task, row, whole);
  const original = timeline.copy();
  const writes = new Writes(timeline);
  const wasListed = whole.before !== null && timeline.valueAt('presence', whole.before, true) === true;
  const start = row && !wasListed ? startOf(row.state.declaredFrom, at, whole.before, true) : null;
  const restart = restartAfter(timeline, at, whole, row !== null && !isAnnounced(start, at));

  const presence: Point[] = [];
  if (start) presence.push({ ...start, value: true });
  if (!row && wasListed) presence.push({ at, value: false, dating: 'edition' });
  if (restart) presence.push(restart);
  writes.impose({ field: 'presence', around: whole, points: presence, earlier: wasListed });
  writes.restart(original, restart ? { from: restart.at, as: whole.after! } : null);
  writes.join(original, (field) => task.silentOn.has(groupOf(field)));

  if (row || wasListed) {
    const editions = new EditionsAround(task, original, whole);
    const fields = row ? fieldsOf(row.state) : new Map<string, Json>();
    for (const field of timeline.fields.keys()) if (!fields.has(field)) fields.set(field, null);
    fields.delete('presence');
    fields.delete(Timeline.WHOLE);
    for (const [field, value] of fields) {
      if (task.silentOn.has(groupOf(field))) continue;
      // An edition without the listing has nothing to say against what silent editions around it have carried on.
      if (!row && !editions.isBetweenSpeakers(groupOf(field))) continue;
      writes.impose(impositionOf(task, row, original, editions, field, value, start));
    }
  }
  return { difference: differenceAt(task, original, writes.made), events: eventsOfWrites(task, original, writes.made) };
}

/** Whether the edition only announces the listing: what comes of that is for the next edition to say, if there is one. */
function isInForceLater({ row, at, timeline }: Reconciliation, { before }: Neighbours): boolean {
  const wasListed = before !== null && timeline.valueAt('presence', before, true) === true;
  return row !== null && !wasListed && startOf(row.state.declaredFrom, at, before, true).at > at;
}

/** The short way for a listing that nothing is known of, in the newest edition: most of every baseline. */
function firstSight(task: Reconciliation, row: Row, { before }: Neighbours): Reconciled {
  const { list, listing, cause, edition, identity } = task;
  const start = startOf(row.state.declaredFrom, task.at, before, true);
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

/** No list is older (the Office of Foreign Funds Control, OFAC's forerunner, began in 1940): an earlier start is a misprint. */
const EARLIEST = '1940-01-01';

type Start = Omit<Point, 'value'>;

/** From when on a listing counts as listed that edition `before` did not have and edition `at` has. */
function startOf(declared: Json, at: Moment, before: Moment | null, mayBeAhead: boolean): Start {
  if (typeof declared !== 'string') return { at, dating: 'edition' };
  if (declared < EARLIEST) return { at, dating: 'edition' };
  const isPossible = declared > at ? mayBeAhead && daysBetween(at, declared) <= ANNOUNCED_DAYS : before === null || declared > before;
  return isPossible ? { at: declared, dating: 'publisher' } : { at, dating: 'edition' };
}

function isAnnounced(start: Start | null, at: Moment): boolean {
  return start !== null && start.at > at;
}

/** How the listing stands at the edition after, where that differs from this one: it goes there, or starts there anew. */
function restartAfter(timeline: Timeline, at: Moment, { after }: Neighbours, isListed: boolean): Point | null {
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
  original: Timeline,
  editions: EditionsAround,
  field: string,
  value: Json,
  start: Start | null,
): Imposition {
  const { timeline, at } = task;
  const group = groupOf(field);
  const around = editions.holders(group);
  const { before, after } = around;
  const earlier = before === null ? null : timeline.valueAt(field, before, true);
  const points: Point[] = [];
  if (row && start) points.push({ ...start, value });
  else if (row && !same(earlier, value)) points.push({ ...changePoint(changeDatesOf(row.state), editions.speakers(group).before, at), value });
  if (after !== null && timeline.valueAt('presence', after, true) === true) {
    const later = original.valueAt(field, after, true);
    const details = { [CHANGE_DATES]: original.valueAt(`details.${CHANGE_DATES}`, after, true) };
    const period = timeline.periodStart(after);
    const isDated = period && period.at > editions.lastBefore('listing', after);
    const point = isDated ? period : changePoint(changeDatesOf({ details }), editions.lastBefore(group, after), after);
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

function daysBetween(from: Moment, to: Moment): number {
  return (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;
}
