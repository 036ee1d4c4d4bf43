import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evolve, fold } from './evolve.js';
import type { ListingEvent } from './events.js';
import type { ListingState, Moment } from './listing.js';
import { endOfDay } from './moments.js';
import type { Row } from './reading.js';
import { reconcile } from './reconcile.js';
import { segmentsFrom, segmentsOf, type Segment } from './segments.js';
import { canonicalState, type Timeline } from './timeline.js';

const EMPTY: ListingState = {
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

function address(text: string) {
  return { text, street: null, city: null, region: null, postalCode: null, country: null, number: null, details: {} };
}

function alias(name: string) {
  return { name, kind: 'a.k.a.' as const, quality: null, number: null, details: {} };
}

interface Edition {
  at: Moment;
  row: Row | null;
  silentOn?: string[];
}

/** What is known of one listing when editions arrive one after the other: the collector's part in few lines. */
class Record {
  readonly events: ListingEvent[] = [];
  private readonly editions: Edition[] = [];

  add(edition: Edition): ListingEvent[] {
    const { at, row, silentOn = [] } = edition;
    const editions = (group: string) => this.editions.filter((one) => !one.silentOn?.includes(group)).map((one) => one.at).sort();
    const { events } = reconcile({
      list: 'xx',
      listing: 'xx:1',
      timeline: this.timeline(),
      row,
      edition: { date: at, sha256: at },
      at,
      editions,
      silentOn: new Set(silentOn),
      cause: editions('listing').some((one) => one > at) ? 'backfill' : 'publisher',
    });
    this.events.push(...events);
    this.editions.push(edition);
    return events;
  }

  timeline(): Timeline {
    return fold(this.events);
  }

  stateAt(at: Moment): ListingState | null {
    return this.timeline().stateAt(at);
  }
}

function row(state: Partial<ListingState>, changedOn: string[] = []): Row {
  const details: ListingState['details'] = changedOn.length > 0 ? { LAST_DAY_UPDATED: changedOn } : {};
  return { key: '1', state: { ...EMPTY, details, ...state } };
}

const kinds = (events: ListingEvent[]) => events.map((event) => `${event.type} ${event.effectiveAt} ${event.cause}`);

describe('recording one edition of a listing', () => {
  it('dates an addition by the publisher where no edition contradicts it', () => {
    const record = new Record();
    record.add({ at: '2022-05-06', row: null });
    expect(kinds(record.add({ at: '2025-11-08', row: row({ declaredFrom: '2025-03-25' }) }))).toEqual([
      'listing.added 2025-03-25 publisher',
    ]);
    expect(record.stateAt('2025-03-24')).toBeNull();
    expect(record.stateAt('2025-03-25')?.name).toBe('Acme');
  });

  it('believes an edition in which the listing was absent more than a declared start before it', () => {
    const record = new Record();
    record.add({ at: '2022-05-06', row: null });
    record.add({ at: '2025-11-08', row: row({ declaredFrom: '2025-03-25' }) });
    expect(kinds(record.add({ at: '2025-06-01', row: null }))).toEqual([
      'listing.removed 2025-03-25 backfill',
      'listing.added 2025-11-08 backfill',
    ]);
    expect(record.stateAt('2025-06-01')).toBeNull();
    expect(record.stateAt('2025-11-08')?.declaredFrom).toBe('2025-03-25');
  });

  it('keeps what the next edition says when an older one arrives late', () => {
    const record = new Record();
    record.add({ at: '2020-01-01', row: row({ name: 'Old' }) });
    record.add({ at: '2022-01-01', row: row({ name: 'Old' }) });
    expect(kinds(record.add({ at: '2021-01-01', row: row({ name: 'Between' }) }))).toEqual([
      'listing.renamed 2021-01-01 backfill',
      'listing.renamed 2022-01-01 backfill',
    ]);
    expect(record.stateAt('2020-06-01')?.name).toBe('Old');
    expect(record.stateAt('2021-06-01')?.name).toBe('Between');
    expect(record.stateAt('2022-01-01')?.name).toBe('Old');
  });

  it('removes no address when the edition does not speak of addresses', () => {
    const record = new Record();
    record.add({ at: '2020-01-01', row: row({ addresses: [address('1 High Road')] }) });
    expect(record.add({ at: '2021-01-01', row: row({}), silentOn: ['addresses'] })).toEqual([]);
    expect(record.stateAt('2021-01-01')?.addresses).toHaveLength(1);
  });

  it('dates an addition that is announced ahead by its start, and withdraws it when the next edition lacks it', () => {
    const record = new Record();
    record.add({ at: '2025-01-01', row: null });
    record.add({ at: '2025-02-01', row: row({ declaredFrom: '2025-03-01' }) });
    expect(record.stateAt('2025-02-28')).toBeNull();
    expect(record.stateAt('2025-03-01')).not.toBeNull();
    expect(kinds(record.add({ at: '2025-02-10', row: null }))).toEqual(['listing.removed 2025-03-01 publisher']);
    expect(record.stateAt('2025-03-01')).toBeNull();
  });

  it('shows a gap when a listing comes back', () => {
    const record = new Record();
    record.add({ at: '2020-01-01', row: row({ declaredFrom: '2010-01-01' }) });
    record.add({ at: '2021-01-01', row: null });
    const [added] = record.add({ at: '2022-01-01', row: row({ declaredFrom: '2010-01-01' }) });
    expect(added).toMatchObject({ type: 'listing.added', effectiveAt: '2022-01-01', data: { relisted: true } });
    expect(segmentsOf(record.timeline()).map(({ listedFrom, listedUntil }) => [listedFrom, listedUntil])).toEqual([
      ['2010-01-01', '2021-01-01'],
      ['2022-01-01', null],
    ]);
  });

  it('dates a change by the publisher where it gives a date between the editions', () => {
    const record = new Record();
    record.add({ at: '2020-01-01', row: row({ remarks: 'a' }) });
    const changed = record.add({ at: '2021-01-01', row: row({ remarks: 'b' }, ['2019-05-05', '2020-07-01']) });
    expect(kinds(changed)).toContain('remarks.changed 2020-07-01 publisher');
  });

  it('keeps an alias or address that stands twice', () => {
    const record = new Record();
    record.add({ at: '2020-01-01', row: row({ aliases: [alias('B'), alias('B')] }) });
    expect(record.stateAt('2020-01-01')?.aliases).toHaveLength(2);
    record.add({ at: '2021-01-01', row: row({ aliases: [alias('B')] }) });
    expect(record.stateAt('2020-06-01')?.aliases).toHaveLength(2);
    expect(record.stateAt('2021-01-01')?.aliases).toHaveLength(1);
  });

  it('lets a correction stand until the publisher changes that field', () => {
    const record = new Record();
    record.add({ at: '2020-01-01', row: row({ name: 'Acne' }) });
    record.events.push({
      type: 'listing.corrected',
      list: 'xx',
      listing: 'xx:1',
      effectiveAt: '2020-01-01',
      cause: 'correction',
      changeClass: 'substantive',
      data: { list: 'xx', edition: null, citations: [], dating: 'person', field: 'name', before: 'Acne', after: 'Acme', actor: 'me', reason: 'typo' },
    });
    expect(record.add({ at: '2021-01-01', row: row({ name: 'Acne' }) })).toEqual([]);
    expect(record.stateAt('2021-01-01')?.name).toBe('Acme');
    record.add({ at: '2022-01-01', row: row({ name: 'Apex' }) });
    expect(record.stateAt('2022-01-01')?.name).toBe('Apex');
  });
});

const dates = ['2020-01-01', '2020-03-01', '2020-03-01T12:00:00Z', '2020-05-01', '2020-07-01', '2020-09-01', '2021-01-01'];
const anyRow = fc.record({
  name: fc.constantFrom('Acme', 'Acme Ltd', 'Apex'),
  declaredFrom: fc.constantFrom(null, '2019-01-01', '2020-02-01', '2020-04-01', '2020-08-01', '2020-12-15'),
  aliases: fc.array(fc.constantFrom('B', 'C').map(alias), { maxLength: 3 }),
  addresses: fc.array(fc.constantFrom('1 High Road', '1 High Rd.', '2 High Road').map(address), { maxLength: 3 }),
  changedOn: fc.subarray(['2020-02-02', '2020-04-04', '2020-06-06']),
});
const anyEditions = fc
  .tuple(...dates.map((at) => fc.record({ at: fc.constant(at), row: fc.option(anyRow, { freq: 3 }), silent: fc.boolean(), known: fc.boolean() })))
  .map((editions) =>
    editions.filter((one) => one.known).map(({ at, row: shown, silent }): Edition => {
      if (!shown) return { at, row: null, silentOn: silent ? ['addresses'] : [] };
      const { changedOn, ...state } = shown;
      if (silent) state.addresses = [];
      return { at, row: row(state, changedOn), silentOn: silent ? ['addresses'] : [] };
    }),
  );

/** What the view must say at an edition's moment, or null where it announces a start that is still to come. */
function readingOf({ at, row: shown, silentOn = [] }: Edition): { listed: boolean; state?: Partial<ListingState> } | null {
  if (!shown) return { listed: false };
  if (shown.state.declaredFrom !== null && shown.state.declaredFrom > at) return null;
  const { addresses, ...state } = canonicalState(shown.state);
  return { listed: true, state: silentOn.includes('addresses') ? state : { addresses, ...state } };
}

describe('recording editions in any order', () => {
  it('gives at the moment of every edition what that edition says', () => {
    fc.assert(
      fc.property(anyEditions.chain((editions) => fc.shuffledSubarray(editions, { minLength: editions.length })), (editions) => {
        const record = new Record();
        const recorded: Edition[] = [];
        for (const edition of editions) {
          record.add(edition);
          recorded.push(edition);
          for (const one of recorded) {
            const state = record.stateAt(one.at);
            const said = readingOf(one);
            if (!said) continue;
            expect({ at: one.at, listed: state !== null }).toEqual({ at: one.at, listed: said.listed });
            if (said.state) expect(state).toMatchObject(said.state);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same history whatever the order, where every edition speaks of everything and announces nothing', () => {
    const sayAll = anyEditions.map((editions) =>
      editions.map(({ at, row: shown }): Edition => {
        if (!shown) return { at, row: null };
        const declaredFrom = shown.state.declaredFrom !== null && shown.state.declaredFrom > at ? null : shown.state.declaredFrom;
        return { at, row: { ...shown, state: { ...shown.state, declaredFrom } } };
      }),
    );
    fc.assert(
      fc.property(
        sayAll.chain((editions) => fc.tuple(fc.constant(editions), fc.shuffledSubarray(editions, { minLength: editions.length }))),
        ([inOrder, shuffled]) => {
          const [first, second] = [inOrder, shuffled].map((editions) => {
            const record = new Record();
            for (const edition of editions) record.add(edition);
            return dates.concat('2019-06-01', '2020-02-15', '2020-06-15').map((date) => record.stateAt(endOfDay(date)));
          });
          expect(second).toEqual(first);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('writes nothing when the same edition is recorded again', () => {
    fc.assert(
      fc.property(anyEditions, (editions) => {
        const record = new Record();
        for (const edition of editions) record.add(edition);
        for (const edition of editions) expect(record.add(edition)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('folds to the timeline that it was decided on, event by event and stretch by stretch: events carry all that was written', () => {
    fc.assert(
      fc.property(anyEditions.chain((editions) => fc.shuffledSubarray(editions)), (editions) => {
        const record = new Record();
        const stepwise = fold([]);
        let segments: Segment[] = [];
        for (const edition of editions) {
          const events = record.add(edition);
          for (const event of events) evolve(stepwise, event);
          const since = events.map((event) => event.effectiveAt).sort()[0];
          if (since !== undefined) segments = segmentsFrom(stepwise, since, segments);
          expect(segments).toEqual(segmentsOf(stepwise));
        }
        expect(segments).toEqual(segmentsOf(record.timeline()));
      }),
      { numRuns: 2_000 },
    );
  });
});
