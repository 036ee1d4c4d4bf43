import { canonicalJson } from './canonical.js';
import type { Dating } from './events.js';
import type { Json, Moment } from './listing.js';
import type { Neighbours, Write } from './reconciliation.js';
import { Timeline } from './timeline.js';

/** Later than every moment of a listing. */
export const END_OF_TIME: Moment = '9999-12-31';

/** From when on a field has which value. */
export interface Point {
  at: Moment;
  value: Json;
  dating: Dating;
}

export interface Imposition {
  field: string;
  around: Neighbours;
  /** From when on the field has which value, ascending. */
  points: Point[];
  /** The value at the edition before. */
  earlier: Json;
}

/** The changes made to one timeline, each kept with what it replaced. */
export class Writes {
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

  /** Where a gap now cuts off what went on, and where the listing starts anew: that begins with all that was known of it. */
  restart(original: Timeline, started: { from: Moment; as: Moment } | null): void {
    const { timeline } = this;
    const wasListed = (at: Moment) => original.valueAt('presence', at, true) === true;
    for (const { at, value, dating } of timeline.fields.get('presence') ?? []) {
      const goesOn = value !== true || timeline.entryBefore('presence', at)?.value === true;
      if (goesOn || !wasListed(at) || original.entryBefore('presence', at)?.value !== true) continue;
      this.write('presence', at, true, dating);
      this.keep(original, at, at);
    }
    if (started) this.keep(original, started.from, wasListed(started.from) ? started.from : started.as);
  }

  /** Where a period now begins earlier: of what the edition is silent on, what was known of the old beginning stays. */
  join(original: Timeline, isSilentOn: (field: string) => boolean): void {
    const silent = [...original.fields.keys()].filter(isSilentOn);
    if (silent.length === 0) return;
    const begins = new Set(this.timeline.beginnings().map((entry) => entry.at));
    for (const { at } of original.beginnings()) {
      if (begins.has(at) || !this.timeline.isListedAt(at)) continue;
      for (const field of silent) {
        const known = original.valueAt(field, at, true);
        if (!same(this.timeline.valueAt(field, at, true), known)) this.write(field, at, known, 'edition');
      }
    }
  }

  private keep(original: Timeline, from: Moment, as: Moment): void {
    for (const field of original.fields.keys()) {
      if (field === 'presence' || field === Timeline.WHOLE) continue;
      const entry = original.entryAt(field, as, true);
      if (!same(this.timeline.valueAt(field, from, true), entry?.value ?? null)) this.timeline.set(field, from, entry?.value ?? null, 'edition');
    }
  }

  /** Presence that was never recorded is absence. */
  private reads(field: string, at: Moment, value: Json): boolean {
    const known = this.timeline.valueAt(field, at, true);
    return field === 'presence' ? (known === true) === (value === true) : same(known, value);
  }

  private write(field: string, at: Moment, value: Json, dating: Dating): void {
    this.made.push({ field, at, value, dating, overwritten: this.timeline.valueAt(field, at, true) });
    this.timeline.set(field, at, value, dating);
    // What is known of that moment is told with the event; an older telling must not hide it.
    if (field === 'presence') this.timeline.forgetWhole(at);
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

/** Whether two values say the same. */
export function same(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  return canonicalJson(a) === canonicalJson(b);
}
