import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { ListingState } from '@listory/listings';
import { editionDateOfName, openEdition, sources } from '@listory/sources';

interface SampleEdition {
  list: string;
  path: string;
  date: string;
  rows: number;
  reason: string;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { editions } = JSON.parse(readFileSync(here('history.json'), 'utf8')) as { editions: SampleEdition[] };

/** Every listing of an edition, by name. */
async function listingsOf({ list, path }: Pick<SampleEdition, 'list' | 'path'>): Promise<Map<string, ListingState>> {
  const reading = sources[list]!.read(await openEdition(here(path)));
  return new Map(reading.lists.flatMap(({ rows }) => rows.map(({ state }) => [state.name, state])));
}

async function listing(list: string, path: string, name: string): Promise<ListingState> {
  return (await listingsOf({ list, path: `${list}/${path}` })).get(name)!;
}

const texts = (state: ListingState) => state.addresses.map(({ text }) => text);
const names = (state: ListingState) => state.aliases.map(({ name }) => name);

describe('the sample history', () => {
  it('is in the order of its dates', () => {
    const dates = editions.map(({ date }) => date);
    expect(dates).toEqual(dates.toSorted());
  });

  it.each(editions)(
    'has an edition of $list of $date that is read without refusal',
    async ({ list, path, date, rows }) => {
      const reading = sources[list]!.read(await openEdition(here(path)));
      expect(reading.lists.map((one) => [one.list, one.rows.length])).toEqual([[list, rows]]);
      expect(editionDateOfName(path.replace(/\.\w+$/, ''))).toBe(date);
      expect(reading.publishedOn?.slice(0, 10) ?? date).toBe(date);
    },
  );

  it.each(editions)(
    'has an edition of $list of $date that removes too few to be held',
    async ({ list, date, path }) => {
      const before = editions.findLast((one) => one.list === list && one.date < date);
      if (before === undefined) return;
      const [was, is] = [await listingsOf(before), await listingsOf({ list, path })];
      const gone = [...was.keys()].filter((name) => !is.has(name));
      expect(gone.length).toBeLessThanOrEqual(10);
      const count = (states: Map<string, ListingState>, key: 'aliases' | 'addresses') =>
        [...states.values()].reduce((sum, state) => sum + state[key].length, 0);
      for (const key of ['aliases', 'addresses'] as const)
        expect(count(was, key) - count(is, key)).toBeLessThanOrEqual(10);
    },
  );

  it('has Nettrix, from 2025, at the address that Sugon has had since 2019', async () => {
    const haitai = 'No. 15, Haitai Huake Street, Huayuan Industrial Zone, Tianjin, CN';
    expect((await listingsOf({ list: 'us-bis-el', path: 'us-bis-el/2019-01-15.csv' })).has('Sugon')).toBe(false);
    expect(texts(await listing('us-bis-el', '2019-06-24.csv', 'Sugon'))).toContain(haitai);
    expect(texts(await listing('us-bis-el', '2025-03-25.csv', 'Nettrix Information Industry Co., Ltd.'))).toContain(
      haitai,
    );
  });

  it('has the twelve of 90 FR 14046, declared for 2025-03-25', async () => {
    const added = [...(await listingsOf({ list: 'us-bis-el', path: 'us-bis-el/2025-03-25.csv' })).values()].filter(
      ({ citations }) => citations.some(({ volume, page }) => volume === 90 && page === 14046),
    );
    expect(added).toHaveLength(12);
    expect(new Set(added.map(({ declaredFrom }) => declaredFrom))).toEqual(new Set(['2025-03-25']));
  });

  it('has a name, an address and an alias that changed, and a removal, in OFAC’s list', async () => {
    const [before, after] = await Promise.all(
      ['2019-01-16', '2021-04-25'].map((date) => listingsOf({ list: 'us-ofac-sdn', path: `us-ofac-sdn/${date}` })),
    );
    expect(before!.has('UNITED COMPANY RUSAL PLC') && !after!.has('UNITED COMPANY RUSAL PLC')).toBe(true);
    expect(texts(before!.get('HAVANA INTERNATIONAL BANK, LTD.')!).join()).toContain('20 Ironmonger Lane');
    expect(texts(after!.get('HAVIN BANK LIMITED')!).join()).toContain('189 Marsh Wall');
    expect(names(before!.get('HO, Chun Ting')!)).toContain('HO, Aik');
    expect(names(after!.get('HO, Chun Ting')!)).not.toContain('HO, Aik');
  });

  it('has references of the UN that are listed, removed, and listed again as they were', async () => {
    const tir = (date: string) => listing('un-sc', `${date}.xml`, '7TH OF TIR');
    expect(await tir('2023-10-18')).toBeUndefined();
    expect(await tir('2025-09-28')).toEqual(await tir('2022-10-21'));
    expect((await tir('2025-09-28')).declaredFrom).toBe('2006-12-23');
  });
});
