import { createHash } from 'node:crypto';
import { append, headPosition, streamVersions } from '@listory/event-log';
import { addressId, canonicalState, type Address, type EditionRef, type FieldEvent, type Json, type ListingEvent, type ListingState } from '@listory/listings';
import type { Database } from '@listory/postgres';
import { catchUpViews } from '@listory/views';
import { Recording } from '../../apps/collector/recording.js';
import { Dice, inventedAddress, inventedName } from './invented.js';

/** How much history a made-up list has. */
export interface Extent {
  list: string;
  /** In effect on every day. */
  listings: number;
  /** Editions after the first; each changes some listings in one field. */
  editions: number;
  /** Changes that an edition makes. */
  changes: number;
}

/** A list filled with history, and a moment in the middle of it in both times. */
export interface History extends Extent {
  events: number;
  /** The date of the edition in the middle. */
  middle: string;
  /** The log's position after that edition. */
  middlePosition: bigint;
  ids: string[];
}

/** An edition a day. */
const FIRST_DAY = Date.UTC(2015, 0, 1);

/** Writes a history through the log and the views, edition by edition, as imports do. */
export async function fillHistory({ pool }: Database, extent: Extent, say: (text: string) => void = () => {}): Promise<History> {
  const { list, listings, editions, changes } = extent;
  const dice = new Dice(extent.listings);
  const states = Array.from({ length: listings }, (_, index) => [`${list}:${10_000 + index}`, canonicalState(inventedListing(dice))] as const).sort(byId);
  let events = 0;
  let middle = { date: '', position: 0n };
  for (let number = 0; number <= editions; number++) {
    const edition = editionOf(number);
    const recorded =
      number === 0
        ? states.map(([id, state]) => added(list, id, state, edition))
        : Array.from({ length: changes }, (_, index) => change(dice, list, states[((number - 1) * changes + index) % listings]!, edition));
    await record(pool, list, recorded, edition, listings, number === 0);
    events += recorded.length + 1;
    if (number === Math.floor(editions / 2)) middle = { date: edition.date, position: await headPosition(pool) };
    if (number % 50 === 49) say(`${number + 1} of ${editions} editions`);
  }
  // As autovacuum does within a minute.
  await pool.query('vacuum analyze');
  return { ...extent, events, middle: middle.date, middlePosition: middle.position, ids: states.map(([id]) => id) };
}

async function record(pool: Database['pool'], list: string, events: ListingEvent[], edition: EditionRef, rows: number, isFirst: boolean): Promise<void> {
  const expected = await streamVersions(pool, [list]);
  const recording = new Recording(expected);
  for (const event of events) recording.listing(event);
  recording.edition('edition.recorded', edition.sha256, {
    list,
    source: list,
    edition,
    publishedOn: null,
    documents: [],
    sections: {},
    silentOn: [],
    rows,
    totals: { names: rows, addresses: rows },
    counts: { added: isFirst ? rows : 0, removed: 0, changed: isFirst ? 0 : events.length },
    outcome: isFirst ? 'baseline' : 'changed',
    reason: null,
  });
  await append(pool, { expected, events: recording.events });
  await catchUpViews(pool);
}

function editionOf(number: number): EditionRef {
  const date = new Date(FIRST_DAY + number * 86_400_000).toISOString().slice(0, 10);
  return { date, sha256: createHash('sha256').update(`edition ${number}`).digest('hex') };
}

function added(list: string, listing: string, state: ListingState, edition: EditionRef): ListingEvent {
  const about = { list, edition, citations: state.citations, dating: 'edition', listing: { ...state }, key: listing.slice(list.length + 1) } as const;
  return { type: 'listing.added', list, listing, effectiveAt: edition.date, cause: 'baseline', changeClass: 'substantive', data: about };
}

/** In turn another address, other remarks, other programs: a third each. */
function change(dice: Dice, list: string, [listing, state]: readonly [string, ListingState], edition: EditionRef): ListingEvent {
  const event = (type: FieldEvent['type'], field: string, before: unknown, after: unknown): FieldEvent => ({
    type,
    list,
    listing,
    effectiveAt: edition.date,
    cause: 'publisher',
    changeClass: 'substantive',
    data: { list, edition, citations: state.citations, dating: 'edition', reason: 'it differs', field, before: before as Json, after: after as Json },
  });
  const kind = dice.roll(3);
  if (kind === 0) {
    const [before] = state.addresses;
    state.addresses[0] = address(dice);
    return event('address.changed', 'addresses', before, state.addresses[0]);
  }
  if (kind === 1) {
    const before = state.remarks;
    state.remarks = `(Linked To: ${inventedName(dice)})`;
    return event('remarks.changed', 'remarks', before, state.remarks);
  }
  const before = state.programs;
  state.programs = dice.of([['SDGT'], ['IFSR', 'SDGT'], ['NPWMD', 'IFSR'], ['SYRIA']]);
  return event('programs.changed', 'programs', before, state.programs);
}

function inventedListing(dice: Dice): ListingState {
  return {
    heading: null,
    type: 'entity',
    name: inventedName(dice),
    aliases: Array.from({ length: dice.roll(4) }, () => ({ name: inventedName(dice), kind: 'a.k.a.' as const, quality: 'strong' as const, number: null, details: {} })),
    addresses: Array.from({ length: 1 + dice.roll(2) }, () => address(dice)),
    programs: ['SDGT'],
    identifiers: [{ type: 'Tax ID No.', value: String(1_000_000 + dice.roll(9_000_000)), country: 'CN' }],
    licence: null,
    citations: [],
    remarks: null,
    declaredFrom: null,
    inForceUntil: null,
    details: { source_information_url: 'http://bit.ly/1MLgpye' },
  };
}

function address(dice: Dice): Address {
  const { street, city, postalCode, country } = inventedAddress(dice);
  const text = `${street}, ${city}, ${postalCode}, ${country}`;
  return { text, street, city, region: null, postalCode, country, number: null, details: {}, id: addressId({ text, country }) };
}

function byId([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
