import { canonicalJson } from './canonical.js';
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
  const segments: Segment[] = [];
  let period: Segment[] = [];
  let open: Segment | null = null;
  let openText = '';
  const close = (at: Moment) => {
    if (open) open.to = at;
    open = null;
  };
  for (const at of timeline.moments()) {
    const presence = timeline.entryAt('presence', at);
    if (presence?.value !== true) {
      if (!open) continue;
      close(at);
      for (const segment of period) {
        segment.listedUntil = at;
        segment.listedUntilDating = presence?.dating ?? null;
      }
      period = [];
      continue;
    }
    const state = timeline.contentAt(at);
    const text = canonicalJson(state as unknown as Json);
    if (open && text === openText) continue;
    const first: Segment | undefined = period[0];
    close(at);
    open = {
      from: at,
      to: null,
      state,
      listedFrom: first?.listedFrom ?? at,
      listedFromDating: first?.listedFromDating ?? presence.dating,
      listedUntil: null,
      listedUntilDating: null,
      dating: datingOfChange(timeline, at) ?? presence.dating,
    };
    openText = text;
    period.push(open);
    segments.push(open);
  }
  return segments;
}

function datingOfChange(timeline: Timeline, at: Moment): Dating | null {
  for (const entries of timeline.fields.values()) {
    const entry = entries.find((candidate) => candidate.at === at);
    if (entry) return entry.dating;
  }
  return null;
}
