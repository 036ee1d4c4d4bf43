import type { RecordedEvent } from '@listory/event-log';

// oxlint-disable-next-line typescript/no-explicit-any -- events are looked into as the JSON that they are
type Data = any;

/** One thing that was said of a listing: from `at` on, `field` is `value`. What is said later stands later in the list. */
interface Saying {
  field: string;
  at: string;
  /** Said by a person, over what the publisher says. */
  corrected: boolean;
  value: Data;
}

/** What a list says of one listing on a day. */
export interface Listed {
  listedFrom: string;
  listedUntil: string | null;
  /** The fields of the listing, as in the events. */
  content: Record<string, Data>;
}

const PRESENCE = 'presence';
/** Said of a moment from which on nothing is so but what is said. */
const ALL = '*';
const PLAIN = ['heading', 'type', 'name', 'programs', 'identifiers', 'licence', 'citations', 'remarks', 'declaredFrom', 'inForceUntil'];
const NOTHING: Record<string, Data> = { type: 'unknown', name: '', programs: [], identifiers: [], citations: [] };

/**
 * A replay of the log as its README tells it, slow and plain: it is the oracle that the views are compared with, and
 * shares no code with them. All events are applied one after the other; a question looks through all that was said.
 */
export class NaiveReplay {
  private readonly listings = new Map<string, Saying[]>();

  /** @param events those that are known, in order: of one list, up to one position */
  constructor(events: readonly RecordedEvent[]) {
    for (const event of events) if (!/^(edition|fetch)\./.test(event.type)) this.apply(event);
  }

  /** Everything on the list at a moment. @param published without what persons corrected */
  at(moment: string, published = false): Map<string, Listed> {
    const found = new Map<string, Listed>();
    for (const [listing, sayings] of this.listings) {
      if (!isListed(sayings, (at) => at <= moment)) continue;
      found.set(listing, { ...periodAround(sayings, moment), content: contentAt(sayings, moment, published) });
    }
    return found;
  }

  private apply({ type, subject, effectiveAt, data }: RecordedEvent & { data: Data }): void {
    const sayings = this.listings.get(subject) ?? [];
    this.listings.set(subject, sayings);
    const at = effectiveAt!;
    const say = (field: string, value: Data, corrected = false) => void sayings.push({ field, at, corrected, value });
    if (type === 'identity.linked' || type === 'identity.unlinked') {
      sayings.length = 0;
      for (const [field, from, layer, value] of data.timeline) sayings.push({ field, at: from, corrected: layer === 1, value });
    } else if (type === 'listing.removed') say(PRESENCE, false);
    else if (type === 'listing.added') {
      const said = fieldsOf(data.listing);
      const goesOn = isListed(sayings, (moment) => moment < at);
      for (const field of new Set(sayings.map((one) => one.field))) {
        if (said.has(field) || field === PRESENCE || field === ALL) continue;
        const isSaidThen = sayings.some((one) => one.field === field && one.at === at);
        if (isSaidThen || (goesOn && valueAt(sayings, field, at, true) !== null)) said.set(field, null);
      }
      for (const [field, value] of said) say(field, value);
      say(PRESENCE, true);
      say(ALL, null);
    } else {
      const corrected = type === 'listing.corrected';
      const { field, before, after, copies = [1, 1] } = data;
      if (field !== 'aliases' && field !== 'addresses') return say(field, after, corrected);
      if (before !== null) say(elementField(field, before, copies[0]), null, corrected);
      if (after !== null) say(elementField(field, after, copies[1]), after, corrected);
    }
  }
}

/** What stands last among the sayings of a field that match. */
function lastOf(sayings: readonly Saying[], field: string, matches: (one: Saying) => boolean): Saying | undefined {
  let last: Saying | undefined;
  for (const one of sayings) {
    if (one.field !== field || !matches(one)) continue;
    const isLater = !last || one.at > last.at || (one.at === last.at && one.corrected >= last.corrected);
    if (isLater) last = one;
  }
  return last;
}

function isListed(sayings: readonly Saying[], until: (at: string) => boolean): boolean {
  return lastOf(sayings, PRESENCE, (one) => until(one.at))?.value === true;
}

function valueAt(sayings: readonly Saying[], field: string, moment: string, published: boolean): Data {
  const counts = (one: Saying) => one.at <= moment && !(published && one.corrected);
  const said = lastOf(sayings, field, counts);
  const begins = ({ at }: Saying) => isListed(sayings, (one) => one <= at) && !isListed(sayings, (one) => one < at);
  const begun = lastOf(sayings, ALL, (one) => counts(one) && begins(one));
  return begun && (!said || begun.at > said.at) ? null : (said?.value ?? null);
}

function contentAt(sayings: readonly Saying[], moment: string, published: boolean): Record<string, Data> {
  const value = (field: string) => valueAt(sayings, field, moment, published);
  const content: Record<string, Data> = { details: {}, aliases: [], addresses: [] };
  for (const field of PLAIN) content[field] = value(field) ?? NOTHING[field] ?? null;
  for (const field of new Set(sayings.map((one) => one.field))) {
    const [group] = /^(alias|address|details)(?=[:.])/.exec(field) ?? [];
    const said = group ? value(field) : null;
    if (said === null) continue;
    if (group === 'details') content.details[field.slice(8)] = said;
    else content[group === 'alias' ? 'aliases' : 'addresses'].push(said);
  }
  return content;
}

/** From when to when it is listed without a break. */
function periodAround(sayings: readonly Saying[], moment: string): { listedFrom: string; listedUntil: string | null } {
  const moments = [...new Set(sayings.filter((one) => one.field === PRESENCE).map((one) => one.at))].sort();
  const listedAt = (at: string) => isListed(sayings, (one) => one <= at);
  const lastGap = moments.findLast((at) => at <= moment && !listedAt(at)) ?? '';
  const listedFrom = moments.find((at) => at > lastGap && listedAt(at))!;
  return { listedFrom, listedUntil: moments.find((at) => at > moment && !listedAt(at)) ?? null };
}

function fieldsOf(listing: Data): Map<string, Data> {
  const said = new Map<string, Data>(PLAIN.map((field) => [field, listing[field]]));
  for (const [key, value] of Object.entries(listing.details)) said.set(`details.${key}`, value);
  for (const group of ['aliases', 'addresses']) {
    for (const element of listing[group]) {
      let copy = 1;
      while (said.has(elementField(group, element, copy))) copy++;
      said.set(elementField(group, element, copy), element);
    }
  }
  return said;
}

/** The field of one alias or address, written as in the timelines that identity events carry. */
function elementField(group: string, element: Data, copy: number): string {
  const { name, kind, quality, number, text, street, city, region, postalCode, country, details } = element;
  const said = group === 'aliases' ? [name, kind, quality, number] : [text, street, city, region, postalCode, country, number];
  const more = Object.keys(details).length > 0 ? sortedText(details) : '';
  return `${group === 'aliases' ? 'alias' : 'address'}:${JSON.stringify(said)}${more}${copy > 1 ? `#${copy}` : ''}`;
}

/** JSON with sorted keys; the elements of a listing in the order of their texts. */
export function sortedText(value: Data): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.keys(value).sort().map((key) => {
    const inner = (key === 'aliases' || key === 'addresses') && Array.isArray(value[key]) ? `[${value[key].map(sortedText).sort().join(',')}]` : sortedText(value[key]);
    return `${JSON.stringify(key)}:${inner}`;
  });
  return `{${entries.join(',')}}`;
}
