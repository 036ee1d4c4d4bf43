import type { Moment } from './listing.js';
import { Timeline } from './timeline.js';

/**
 * One timeline out of those of two listings that a person found to be one: it is listed when either was. Where both
 * say something of the same moment, the one that came later is believed.
 */
export function mergeTimelines(one: Timeline, other: Timeline): Timeline {
  const [older, newer] = (one.moments()[0] ?? '') <= (other.moments()[0] ?? '') ? [one, other] : [other, one];
  const merged = new Timeline();
  for (const timeline of [older, newer]) {
    for (const [field, at, layer, value, dating] of timeline.written()) merged.set(field, at, value, dating, layer);
  }
  for (const timeline of [older, newer]) {
    for (const { at, dating } of timeline.fields.get('presence') ?? []) {
      merged.set('presence', at, one.isListedAt(at) || other.isListedAt(at), dating);
    }
  }
  return merged;
}

/** Takes a timeline apart at a moment: what was before, and what was from then on as a listing of its own. */
export function splitTimeline(whole: Timeline, at: Moment): { before: Timeline; after: Timeline } {
  const before = new Timeline();
  const after = new Timeline();
  for (const [field, moment, layer, value, dating] of whole.written()) {
    if (moment < at) before.set(field, moment, value, dating, layer);
  }
  for (const field of whole.fields.keys()) {
    const value = field === 'presence' ? whole.isListedAt(at) : whole.valueAt(field, at, true);
    if (value !== null) after.set(field, at, value, 'person');
  }
  after.set(Timeline.WHOLE, at, null, 'person');
  for (const [field, moment, layer, value, dating] of whole.written()) {
    if (moment >= at) after.set(field, moment, value, dating, layer);
  }
  if (before.isListedAt(at)) before.set('presence', at, false, 'person');
  return { before, after };
}
