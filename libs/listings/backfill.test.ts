import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from './evolve.js';
import type { ListingEvent } from './events.js';
import type { ListingState, Moment } from './listing.js';
import { endOfDay } from './moments.js';
import { reconcile } from './reconcile.js';

const ACME: ListingState = {
  heading: null,
  type: 'entity',
  name: 'Acme',
  aliases: [],
  addresses: [],
  programs: [],
  identifiers: [],
  licence: null,
  citations: [],
  remarks: null,
  declaredFrom: null,
  inForceUntil: null,
  details: {},
};

/** What an edition says of one listing; `addresses` null where it says nothing of addresses, the whole null where it lacks it. */
interface Said {
  at: Moment;
  state: { name: string; addresses: string[] } | null;
  silent: boolean;
}

/** One listing, and the editions that were recorded of it. */
class History {
  readonly events: ListingEvent[] = [];
  private readonly editions: Said[] = [];

  /** Records an edition, and checks that the events say all that was decided. */
  add(said: Said): ListingEvent[] {
    const { at, state, silent } = said;
    const editions = (group: string) => this.editions.filter((one) => !(one.silent && group === 'addresses')).map((one) => one.at).sort();
    const timeline = fold(this.events);
    const addresses = (state?.addresses ?? []).map((text) => ({ text, street: null, city: null, region: null, postalCode: null, country: null, number: null, details: {} }));
    const { events } = reconcile({
      list: 'xx',
      listing: 'xx:1',
      timeline,
      row: state && { key: '1', state: { ...ACME, name: state.name, addresses: silent ? [] : addresses } },
      edition: { date: at, sha256: at },
      at,
      editions,
      silentOn: new Set(silent ? ['addresses'] : []),
      cause: 'publisher',
    });
    this.events.push(...events);
    this.editions.push(said);
    return events;
  }

  /** Name and addresses on each of these days. */
  on(days: readonly Moment[]) {
    const timeline = fold(this.events);
    return days.map((day) => {
      const state = timeline.stateAt(endOfDay(day));
      return state && [day, state.name, state.addresses.map(({ text }) => text)];
    });
  }
}

const days = ['2020-01-01', '2020-02-01', '2020-03-01', '2020-04-01', '2020-05-01', '2020-06-01', '2020-07-01'];
const anyState = fc.record({ name: fc.constantFrom('Acme', 'Apex'), addresses: fc.subarray(['1 High Road', '2 High Road']) });
const anyEditions = fc
  .tuple(...days.map((at) => fc.record({ at: fc.constant(at), state: fc.option(anyState, { freq: 4 }), silent: fc.boolean(), known: fc.boolean() })))
  .map((all) => all.filter((one) => one.known).map(({ at, state, silent }): Said => ({ at, state, silent })));

describe('an older edition that arrives late', () => {
  it('with addresses, behind many that say nothing of them: they are told once, and stand at all of these', () => {
    const history = new History();
    const later = Array.from({ length: 28 }, (_, index): Said => ({ at: `2021-02-${String(index + 1).padStart(2, '0')}`, state: { name: 'Acme', addresses: [] }, silent: true }));
    for (const said of later.toReversed()) expect(history.add(said)).toHaveLength(1);
    expect(history.add({ at: '2021-01-01', state: { name: 'Acme', addresses: ['1 High Road'] }, silent: false })).toHaveLength(1);
    expect(history.on(['2021-01-01', '2021-02-14', '2021-02-28']).map((one) => one?.[2])).toEqual([['1 High Road'], ['1 High Road'], ['1 High Road']]);
  });

  it('says so of what it has and the next one has not, on the date of the next', () => {
    const history = new History();
    history.add({ at: '2021-01-01', state: { name: 'Acme', addresses: [] }, silent: false });
    const events = history.add({ at: '2020-01-01', state: { name: 'Acme', addresses: ['1 High Road'] }, silent: false });
    expect(events.map(({ type, effectiveAt }) => [type, effectiveAt])).toEqual([
      ['listing.added', '2020-01-01'],
      ['address.removed', '2021-01-01'],
    ]);
  });

  it('and lacks the listing, cuts it off: what follows begins anew, with all that was known of it', () => {
    const history = new History();
    history.add({ at: '2021-01-01', state: { name: 'Acme', addresses: [] }, silent: true });
    history.add({ at: '2020-01-01', state: { name: 'Acme', addresses: ['1 High Road'] }, silent: false });
    const events = history.add({ at: '2020-06-01', state: null, silent: true });
    expect(events.map(({ type, effectiveAt }) => [type, effectiveAt])).toEqual([
      ['listing.removed', '2020-06-01'],
      ['listing.added', '2021-01-01'],
    ]);
    expect(events[1]).toMatchObject({ data: { relisted: true, listing: { addresses: [{ text: '1 High Road' }] } } });
  });
});

describe('editions of which some say nothing of addresses', () => {
  it('give the same history in whatever order they arrive', () => {
    fc.assert(
      fc.property(
        anyEditions.chain((editions) => fc.tuple(fc.constant(editions), fc.shuffledSubarray(editions, { minLength: editions.length }))),
        (orders) => {
          const [first, second] = orders.map((editions) => {
            const history = new History();
            for (const said of editions) history.add(said);
            return history.on(days);
          });
          expect(second).toEqual(first);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
