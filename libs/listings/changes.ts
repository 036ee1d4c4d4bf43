import { classifyJson, classifyText, pairAddresses, pairAliases } from './editorial.js';
import { elementField } from './evolve.js';
import type { ChangeClass, Dating, FieldChange, FieldEvent, FieldEventType, ListingEvent, PresenceEvent } from './events.js';
import type { Address, Alias, Json, Moment } from './listing.js';
import { CHANGE_DATES } from './reading.js';
import type { Reconciliation, Write } from './reconciliation.js';
import type { Timeline } from './timeline.js';

/** Fields by which publishers keep their own books; a change of them is no change of the listing. */
const BOOKKEEPING = new Set([
  'details._id',
  'details.source_list_url',
  'details.source_information_url',
  'details.DATAID',
  'details.VERSIONNUM',
  'details.SORT_KEY',
  'details.SORT_KEY_LAST_MOD',
  `details.${CHANGE_DATES}`,
]);

const EVENT_OF_FIELD: Record<string, FieldEventType> = {
  name: 'listing.renamed',
  heading: 'listing.moved',
  programs: 'programs.changed',
  identifiers: 'identifiers.changed',
  licence: 'licence.changed',
  citations: 'citations.changed',
  remarks: 'remarks.changed',
};

/**
 * The events that say what was written to a timeline, ordered by effective moment.
 * @param original the timeline as it was before
 */
export function eventsOfWrites(task: Reconciliation, original: Timeline, writes: readonly Write[]): ListingEvent[] {
  const moments = [...new Set(writes.map((write) => write.at))].sort();
  return moments.flatMap((at) => eventsAt(task, original, writes.filter((write) => write.at === at), at));
}

function eventsAt(task: Reconciliation, original: Timeline, writes: Write[], at: Moment): ListingEvent[] {
  const { timeline } = task;
  const presence = writes.find((write) => write.field === 'presence');
  if (presence) return [presenceEvent(task, original, presence, at)];
  if (!timeline.isListedAt(at)) return [];
  const describe = (type: FieldEventType, change: ClassedChange): FieldEvent => ({
    type,
    ...subject(task, at, change.class),
    data: {
      ...about(task, at, change.dating),
      reason: change.reason,
      field: change.field,
      before: change.before,
      after: change.after,
      ...(change.copies ? { copies: change.copies } : {}),
      ...(task.identity && task.identity.step !== 'key' ? { identity: task.identity } : {}),
    },
  });
  const plain = writes.filter((write) => !isElement(write.field)).map((write) => plainChange(timeline, write));
  return [
    ...plain.map((change) => describe(EVENT_OF_FIELD[change.field] ?? 'details.changed', change)),
    ...aliasEvents(timeline, writes, describe),
    ...addressEvents(timeline, writes, describe),
  ];
}

interface ClassedChange extends FieldChange {
  class: ChangeClass;
  reason: string;
  dating: Dating;
}

type Describe = (type: FieldEventType, change: ClassedChange) => FieldEvent;

function presenceEvent(task: Reconciliation, original: Timeline, write: Write, at: Moment): PresenceEvent {
  const { timeline, row, identity } = task;
  const added = write.value === true;
  // What is added is the publisher's own text: a correction of the time before has ended.
  const listing = added || !original.isListedAt(at) ? timeline.contentAt(at, true) : original.contentAt(at);
  const relisted = added && (timeline.fields.get('presence') ?? []).some((entry) => entry.at < at && entry.value === true);
  return {
    type: added ? 'listing.added' : 'listing.removed',
    ...subject(task, at, 'substantive'),
    data: {
      ...about(task, at, write.dating),
      citations: listing.citations,
      listing,
      ...(added ? { key: row?.key ?? null } : {}),
      ...(relisted ? { relisted } : {}),
      ...(added && identity ? { identity } : {}),
    },
  };
}

function plainChange(timeline: Timeline, write: Write): ClassedChange {
  const { field, value: after } = write;
  const before = valueBefore(timeline, write);
  const { class: changeClass, reason } = BOOKKEEPING.has(field)
    ? { class: 'editorial' as const, reason: "the publisher's own bookkeeping" }
    : isText(before) && isText(after)
      ? classifyText(before, after)
      : classifyJson(before, after);
  return { field, before, after, class: changeClass, reason, dating: write.dating };
}

function aliasEvents(timeline: Timeline, writes: Write[], describe: Describe): FieldEvent[] {
  const { gone, come } = elementsOf<Alias>(timeline, writes, 'aliases');
  const { pairs } = pairAliases(gone.map((one) => one.element), come.map((one) => one.element));
  const classOf = (element: Alias) => pairs.find((pair) => pair.before === element || pair.after === element);
  const change = (one: Element<Alias>, before: Json, after: Json): ClassedChange => ({
    field: 'aliases',
    before,
    after,
    ...copiesOf(before === null ? 1 : one.copy, after === null ? 1 : one.copy),
    class: classOf(one.element)?.class ?? 'substantive',
    reason: classOf(one.element)?.reason ?? (after === null ? 'an alias went' : 'an alias came'),
    dating: one.dating,
  });
  return [
    ...gone.map((one) => describe('alias.removed', change(one, asJson(one.element), null))),
    ...come.map((one) => describe('alias.added', change(one, null, asJson(one.element)))),
  ];
}

function addressEvents(timeline: Timeline, writes: Write[], describe: Describe): FieldEvent[] {
  const { gone, come } = elementsOf<Address>(timeline, writes, 'addresses');
  const { pairs } = pairAddresses(gone.map((one) => one.element), come.map((one) => one.element));
  const events: FieldEvent[] = [];
  for (const pair of pairs) {
    const from = gone.splice(gone.findIndex((one) => one.element === pair.before), 1)[0]!;
    const to = come.splice(come.findIndex((one) => one.element === pair.after), 1)[0]!;
    const change = { field: 'addresses', before: asJson(from.element), after: asJson(to.element), class: pair.class };
    events.push(
      describe('address.changed', { ...change, ...copiesOf(from.copy, to.copy), reason: pair.reason, dating: to.dating }),
    );
  }
  const rest = { field: 'addresses', class: 'substantive' as const };
  for (const { element, copy, dating } of gone) {
    const change = { ...rest, before: asJson(element), after: null, ...copiesOf(copy, 1), dating };
    events.push(describe('address.removed', { ...change, reason: 'an address went' }));
  }
  for (const { element, copy, dating } of come) {
    const change = { ...rest, before: null, after: asJson(element), ...copiesOf(1, copy), dating };
    events.push(describe('address.added', { ...change, reason: 'an address came' }));
  }
  return events;
}

interface Element<T> {
  element: T;
  copy: number;
  dating: Dating;
}

/** The aliases or addresses that went and came at one moment. */
function elementsOf<T>(timeline: Timeline, writes: Write[], field: 'aliases' | 'addresses') {
  const prefix = field === 'aliases' ? 'alias:' : 'address:';
  const gone: Element<T>[] = [];
  const come: Element<T>[] = [];
  for (const write of writes) {
    if (!write.field.startsWith(prefix)) continue;
    const value = write.value ?? valueBefore(timeline, write);
    if (value === null) continue;
    const single = elementField(field, value);
    const copy = write.field === single ? 1 : Number(write.field.slice(single.length + 1));
    (write.value === null ? gone : come).push({ element: value as T, copy, dating: write.dating });
  }
  return { gone, come };
}

/**
 * What the publisher said in the field before: just before that moment; or what was known of that very moment, where the
 * listing was not listed just before, or said the same.
 */
function valueBefore(timeline: Timeline, write: Write): Json {
  if (timeline.entryBefore('presence', write.at)?.value !== true) return write.overwritten;
  const earlier = timeline.entryBefore(write.field, write.at, true)?.value ?? null;
  return JSON.stringify(earlier) === JSON.stringify(write.value) ? write.overwritten : earlier;
}

function subject(task: Reconciliation, at: Moment, changeClass: ChangeClass) {
  return { list: task.list, listing: task.listing, effectiveAt: at, cause: task.cause, changeClass };
}

function about(task: Reconciliation, at: Moment, dating: Dating) {
  const citations = task.timeline.contentAt(at).citations;
  return { list: task.list, edition: task.edition, citations, dating };
}

function copiesOf(before: number, after: number): { copies?: [number, number] } {
  return before === 1 && after === 1 ? {} : { copies: [before, after] };
}

function isElement(field: string): boolean {
  return field.startsWith('alias:') || field.startsWith('address:');
}

function isText(value: Json): value is string | null {
  return value === null || typeof value === 'string';
}

function asJson(value: Alias | Address): Json {
  return value as unknown as Json;
}
