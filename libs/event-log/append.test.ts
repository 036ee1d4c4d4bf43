import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { append, readEvents, type NewEvent } from './index.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const event = (list: string): NewEvent => ({
  id: randomUUID(), list, type: 'org.listory.listing.added.v1', subject: `${list}:1`, effectiveAt: '2025-03-25', cause: 'publisher',
  changeClass: 'substantive', schemaVersion: 1, data: { name: 'Inspur "Beijing"', n: 1 },
});

describe('an append', () => {
  it('is read back as it was given', async () => {
    const events = [event('a'), event('b'), event('a')];
    const answer = await append(fresh.database.pool, { expected: new Map<string, bigint | 'any'>([['a', 0n], ['b', 'any']]), events });
    expect(answer).toMatchObject({ first: 1n, last: 3n, versions: new Map([['a', 2n], ['b', 1n]]) });
    const read = await readEvents(fresh.database.pool, { after: 0n, limit: 10 });
    expect(read.map(({ position, version, recordedAt, batchEnd, ...rest }) => rest)).toEqual(events);
    expect(read.map((one) => [one.position, one.version, one.batchEnd])).toEqual([[1n, 1n, 3n], [2n, 1n, 3n], [3n, 2n, 3n]]);
  });
});
