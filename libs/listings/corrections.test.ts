import { beforeEach, describe, expect, it } from '@jest/globals';
import { fold } from './evolve.js';
import type { FieldChange, ListingEvent } from './events.js';
import type { Address, Json, ListingState, Moment } from './listing.js';
import { reconcile } from './reconcile.js';

const street = (text: string): Address => ({ text, street: null, city: null, region: null, postalCode: null, country: null, number: null, details: {} });

function acne(addresses: string[]): ListingState {
  const nothing = { heading: null, aliases: [], programs: [], identifiers: [], licence: null, citations: [], remarks: null };
  return { ...nothing, type: 'entity', name: 'Acne', addresses: addresses.map(street), declaredFrom: null, inForceUntil: null, details: {} };
}

let events: ListingEvent[];
let editions: Moment[];
beforeEach(() => {
  events = [];
  editions = [];
});

function edition(at: Moment, state: ListingState | null): ListingEvent[] {
  const recorded = [...editions];
  const about = { list: 'xx', listing: 'xx:1', edition: { date: at, sha256: at }, at, cause: 'publisher' } as const;
  const found = reconcile({ ...about, timeline: fold(events), row: state && { key: '1', state }, editions: () => recorded, silentOn: new Set() }).events;
  events.push(...found);
  editions.push(at);
  return found;
}

function correct(at: Moment, change: FieldChange): void {
  const data = { list: 'xx', edition: null, citations: [], dating: 'person' as const, actor: 'me', reason: 'misprint', ...change };
  events.push({ type: 'listing.corrected', list: 'xx', listing: 'xx:1', effectiveAt: at, cause: 'correction', changeClass: 'substantive', data });
}

describe('a corrected listing', () => {
  it('begins with what the publisher says when it comes back after a gap', () => {
    edition('2020-01-01', acne([]));
    correct('2020-01-01', { field: 'name', before: 'Acne', after: 'Acme' });
    edition('2021-01-01', null);
    const [added] = edition('2022-01-01', acne([]));
    expect(added).toMatchObject({ type: 'listing.added', data: { listing: { name: 'Acne' } } });
    expect(fold(events).stateAt('2022-01-01', true)?.name).toBe('Acne');
    expect(edition('2023-01-01', acne([]))).toEqual([]);
  });

  it('loses an address that a person took away before when the publisher takes it away', () => {
    edition('2020-01-01', acne(['1 High Road', '2 High Road']));
    correct('2020-01-01', { field: 'addresses', before: street('2 High Road') as unknown as Json, after: null });
    const removed = edition('2021-01-01', acne(['1 High Road']));
    expect(removed.map(({ type, effectiveAt }) => [type, effectiveAt])).toEqual([['address.removed', '2021-01-01']]);
    expect(fold(events).contentAt('2021-01-01', true).addresses.map(({ text }) => text)).toEqual(['1 High Road']);
    expect(edition('2022-01-01', acne(['1 High Road']))).toEqual([]);
  });

  it("tells of the publisher's next change what the publisher said before, not what the person said", () => {
    edition('2020-01-01', acne([]));
    correct('2020-01-01', { field: 'name', before: 'Acne', after: 'Acme' });
    expect(edition('2021-01-01', { ...acne([]), name: 'Apex' })[0]).toMatchObject({ type: 'listing.renamed', data: { before: 'Acne', after: 'Apex' } });
    expect(fold(events).stateAt('2021-01-01')?.name).toBe('Apex');
  });
});
