import { isSameJson } from './canonical.js';
import type { Dating } from './events.js';
import type { Json, ListingState, Moment } from './listing.js';
import type { Timeline } from './timeline.js';

/** A stretch of valid time over which one listing stands unchanged. */
export interface Segment {
  from: Moment;
  /** Exclusive; null while nothing later is known. */
  to: Moment | null;
  state: ListingState;
  /** Start of the unbroken period of being listed that this segment belongs to. */
  listedFrom: Moment;
  listedFromDating: Dating;
  /** Exclusive end of that period; null while it lasts. */
  listedUntil: Moment | null;
  listedUntilDating: Dating | null;
  /** Where the date at which this segment starts comes from. */
  dating: Dating;
}

/** The stretches over which the listing was listed and unchanged, ascending; gaps are times off the list. */
export function segmentsOf(timeline: Timeline): Segment[] {
  return segmentsFrom(timeline, '', []);
}

/**
 * The stretches of a timeline in which nothing was said of any moment before `since` after `earlier` was made of it:
 * those of `earlier` that stay are the same objects, so what is made of them can stay too.
 */
export function segmentsFrom(timeline: Timeline, since: Moment, earlier: readonly Segment[]): Segment[] {
  const segments = earlier.slice(0, countBefore(earlier, since));
  const last = segments[segments.length - 1];
  let isOpen = last !== undefined && (last.to === null || last.to >= since);
  let begin = isOpen ? segments.findIndex((one) => one.listedFrom === last!.listedFrom) : segments.length;
  const change = (index: number, changed: Partial<Segment>) => {
    const one = segments[index]!;
    const isSame = (Object.keys(changed) as (keyof Segment)[]).every((key) => one[key] === changed[key]);
    if (!isSame) segments[index] = { ...one, ...changed };
  };
  const close = (at: Moment | null) => {
    if (isOpen) change(segments.length - 1, { to: at });
  };
  const endPeriod = (listedUntil: Moment | null, listedUntilDating: Dating | null) => {
    for (let index = begin; index < segments.length; index++) change(index, { listedUntil, listedUntilDating });
    isOpen = false;
  };
  for (const at of timeline.moments(since)) {
    const presence = timeline.entryAt('presence', at);
    if (presence?.value !== true) {
      if (!isOpen) continue;
      close(at);
      endPeriod(at, presence?.dating ?? null);
      continue;
    }
    const state = timeline.contentAt(at);
    if (isOpen && isSameJson(segments[segments.length - 1]!.state as unknown as Json, state as unknown as Json)) continue;
    close(at);
    if (!isOpen) begin = segments.length;
    const first: Segment | undefined = segments[begin];
    segments.push({
      from: at,
      to: null,
      state,
      listedFrom: first?.listedFrom ?? at,
      listedFromDating: first?.listedFromDating ?? presence.dating,
      listedUntil: null,
      listedUntilDating: null,
      dating: datingOfChange(timeline, at) ?? presence.dating,
    });
    isOpen = true;
  }
  if (isOpen) {
    close(null);
    endPeriod(null, null);
  }
  return segments;
}

/** How many segments begin before a moment. */
function countBefore(segments: readonly Segment[], since: Moment): number {
  let count = segments.length;
  while (count > 0 && segments[count - 1]!.from >= since) count--;
  return count;
}

function datingOfChange(timeline: Timeline, at: Moment): Dating | null {
  for (const entries of timeline.fields.values()) {
    const entry = entries.find((candidate) => candidate.at === at);
    if (entry) return entry.dating;
  }
  return null;
}
