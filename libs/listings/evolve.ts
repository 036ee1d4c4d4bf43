import type { CorrectedEvent, FieldEvent, ListingEvent } from './events.js';
import { addressKey, aliasKey } from './canonical.js';
import { fieldsOf, Timeline } from './timeline.js';
import type { Address, Alias, Json } from './listing.js';

/** Applies one event to what is known of its listing, in place. Events of one listing come in order of position. */
export function evolve(timeline: Timeline, event: ListingEvent): void {
  const { effectiveAt: at, data } = event;
  switch (event.type) {
    case 'listing.added': {
      const fields = fieldsOf(event.data.listing);
      const goesOn = timeline.entryBefore('presence', at)?.value === true;
      for (const [field, entries] of timeline.fields) {
        if (fields.has(field)) continue;
        if (entries.some((entry) => entry.at === at) || (goesOn && timeline.valueAt(field, at, true) !== null)) fields.set(field, null);
      }
      fields.set('presence', true).set(Timeline.WHOLE, null);
      for (const [field, value] of fields) timeline.set(field, at, value, data.dating);
      return;
    }
    case 'listing.removed':
      timeline.set('presence', at, false, data.dating);
      return;
    case 'listing.corrected':
      setField(timeline, event.data.field, event, 1);
      return;
    case 'identity.linked':
    case 'identity.unlinked': {
      timeline.replaceBy(Timeline.fromWritten(event.data.timeline));
      return;
    }
    default:
      setField(timeline, event.data.field, event, 0);
  }
}

/** Folds the events of one listing, in order of position, into its timeline. */
export function fold(events: Iterable<ListingEvent>): Timeline {
  const timeline = new Timeline();
  for (const event of events) evolve(timeline, event);
  return timeline;
}

function setField(timeline: Timeline, field: string, event: FieldEvent | CorrectedEvent, layer: 0 | 1): void {
  const { effectiveAt: at, data } = event;
  if (field !== 'aliases' && field !== 'addresses') {
    timeline.set(field, at, data.after, data.dating, layer);
    return;
  }
  const [copyBefore, copyAfter] = data.copies ?? [1, 1];
  if (data.before !== null) timeline.set(elementField(field, data.before, copyBefore), at, null, data.dating, layer);
  if (data.after !== null) timeline.set(elementField(field, data.after, copyAfter), at, data.after, data.dating, layer);
}

/** The timeline's field of one alias or address; `copy` counts equal ones of one listing. */
export function elementField(field: 'aliases' | 'addresses', value: Json, copy = 1): string {
  const key =
    field === 'aliases' ? `alias:${aliasKey(value as unknown as Alias)}` : `address:${addressKey(value as unknown as Address)}`;
  return copy > 1 ? `${key}#${copy}` : key;
}
