import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Collector } from '../../../test/support/collector.js';
import { entityList } from '../../../test/support/editions.js';

const LISTS = { EL: 'us-bis-el', DPL: 'us-bis-dpl', UVL: 'us-bis-uvl' };
let collector: Collector;
beforeAll(async () => {
  collector = await Collector.fresh();
});
afterAll(() => collector?.drop());

/** An edition of a compilation: one party on each of its lists. */
function compilation(remarks: string) {
  const rows = Object.keys(LISTS).map((list) => ({ name: `Acme of ${list}`, more: { source: `Some List (${list}) - Bureau of Industry and Security`, remarks } }));
  return [{ name: 'consolidated.csv', bytes: entityList(rows) }];
}

describe('an append about several lists', () => {
  it('leaves each listing on its own list', async () => {
    for (const [date, remarks] of [['2020-01-01', 'one'], ['2021-01-01', 'two']] as const) await collector.import('us-csl', compilation(remarks), { date });
    for (const [name, list] of Object.entries(LISTS)) {
      for (const day of ['2020-06-01', '2021-06-01']) expect(await collector.namesOn(list, day)).toEqual([`Acme of ${name}`]);
    }
    expect(await collector.verify()).toEqual([]);
  });
});
