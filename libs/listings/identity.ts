import type { Moment } from './listing.js';
import { Timeline } from './timeline.js';

/**
 * One timeline out of those of two listings that a person found to be one: it is listed when either was. It says what
 * the older one says while that is listed, else what the other says.
 */
export function mergeTimelines(one: Timeline, other: Timeline): Timeline {
  const [older, newer] = (one.moments()[0] ?? '') <= (other.moments()[0] ?? '') ? [one, other] : [other, one];
  const merged = new Timeline();
  const moments = [...new Set([...older.moments(), ...newer.moments()])].sort();
  let source: Timeline | null = null;
  for (const at of moments) {
    const speaks: Timeline = older.isListedAt(at) ? older : newer.isListedAt(at) ? newer : (source ?? older);
    if (speaks === source) copyEntries(speaks, merged, at);
    else copyContent(speaks, merged, at);
    source = speaks;
    const presence = speaks.entryAt('presence', at);
    if (presence) merged.set('presence', at, presence.value, presence.dating);
  }
  return merged;
}

/** What was set at this very moment. */
function copyEntries(from: Timeline, to: Timeline, at: Moment): void {
  for (const [field, entries] of from.fields) {
    for (const { layer, value, dating, ...entry } of entries) if (entry.at === at) to.set(field, at, value, dating, layer);
  }
}

/** All that was in force at a moment; what stood there before is gone. */
function copyContent(from: Timeline, to: Timeline, at: Moment): void {
  const { dating } = from.entryAt('presence', at) ?? { dating: 'person' as const };
  for (const field of new Set([...from.fields.keys(), ...to.fields.keys()])) {
    if (field === 'presence' || field === Timeline.WHOLE) continue;
    const [published, shown] = [from.entryAt(field, at, true), from.entryAt(field, at)];
    if (published || to.fields.has(field)) to.set(field, at, published?.value ?? null, published?.at === at ? published.dating : dating);
    if (shown?.layer === 1) to.set(field, at, shown.value, shown.dating, 1);
  }
  to.set(Timeline.WHOLE, at, null, dating);
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
