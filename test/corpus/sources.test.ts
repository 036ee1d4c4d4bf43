import { readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Address, Alias, ListReading, Reading, Row } from '@listory/listings';
import { openEdition, RefusedEditionError, sources } from '@listory/sources';
import { expect, it } from '@jest/globals';
import { corpus, corpusTable, describeCorpus } from '../support/corpus.js';

async function reading(source: string, ...path: string[]): Promise<Reading> {
  return sources[source]!.read(await openEdition(corpus(...path)));
}

async function onlyList(source: string, ...path: string[]): Promise<ListReading> {
  const { lists } = await reading(source, ...path);
  expect(lists).toHaveLength(1);
  return lists[0]!;
}

function counts<Value>(before: Map<string, Value>, after: Map<string, Value>) {
  const kept = [...after.keys()].filter((key) => before.has(key));
  return {
    added: after.size - kept.length,
    removed: before.size - kept.length,
    changed: kept.filter((key) => !isDeepStrictEqual(before.get(key), after.get(key))).length,
  };
}

function byKey(list: ListReading): Map<string, Row['state']> {
  return new Map(list.rows.map((row) => [row.key!, row.state]));
}

function parts(list: ListReading, of: (row: Row) => (Address | Alias)[]): Map<string, Address | Alias> {
  return new Map(list.rows.flatMap((row) => of(row).map((part) => [`${row.key} ${part.number}`, part] as const)));
}

describeCorpus('the UN editions', () => {
  it('differ by exactly the references that are known to have been added, removed and changed', async () => {
    let before: ListReading | null = null;
    for (const row of corpusTable('un-sc', 'COUNTS.tsv')) {
      const list = await onlyList('un-sc', 'un-sc', `${row['edition']}.xml.gz`);
      expect([row['edition'], list.rows.length]).toEqual([row['edition'], Number(row['entries'])]);
      if (before !== null) {
        const expected = { added: Number(row['ids_added']), removed: Number(row['ids_removed']), changed: Number(row['ids_changed']) };
        expect({ edition: row['edition'], ...counts(byKey(before), byKey(list)) }).toEqual({ edition: row['edition'], ...expected });
      }
      before = list;
    }
  });

  it('are published on the day that they print, though it was the next day in UTC', async () => {
    for (const file of readdirSync(corpus('un-sc')).filter((name) => name.endsWith('.xml.gz'))) {
      const { publishedOn } = await reading('un-sc', 'un-sc', file);
      expect(publishedOn?.slice(0, 10)).toBe(file.slice(0, 10));
    }
  });
});

describeCorpus('the SDN editions', () => {
  it('differ by exactly the uids that are known to have been added, removed and changed', async () => {
    let before: ListReading | null = null;
    for (const row of corpusTable('us-ofac-sdn-series', 'COUNTS.tsv')) {
      const list = await onlyList('us-ofac-sdn', 'us-ofac-sdn-series', `${row['edition']}.sdn.csv.gz`);
      expect(list.silentOn).toEqual(['addresses', 'aliases']);
      expect([row['edition'], list.rows.length]).toEqual([row['edition'], Number(row['entries'])]);
      if (before !== null) {
        const expected = { added: Number(row['uids_added']), removed: Number(row['uids_removed']), changed: Number(row['uids_changed']) };
        expect({ edition: row['edition'], ...counts(byKey(before), byKey(list)) }).toEqual({ edition: row['edition'], ...expected });
      }
      before = list;
    }
  });

  it('differ by exactly the addresses and aliases that are known, by uid and number', async () => {
    const [before, after] = [await onlyList('us-ofac-sdn', 'us-ofac-sdn', '2019-01-16'), await onlyList('us-ofac-sdn', 'us-ofac-sdn', '2021-04-25')];
    const bare = (list: ListReading) => new Map([...byKey(list)].map(([key, state]) => [key, { ...state, addresses: [], aliases: [] }]));
    const found = {
      'sdn.csv': counts(bare(before), bare(after)),
      'add.csv': counts(parts(before, (row) => row.state.addresses), parts(after, (row) => row.state.addresses)),
      'alt.csv': counts(parts(before, (row) => row.state.aliases), parts(after, (row) => row.state.aliases)),
    };
    const expected = corpusTable('us-ofac-sdn', 'COUNTS.tsv').map((row) => [
      row['file'],
      { added: Number(row['added']), removed: Number(row['removed']), changed: Number(row['changed']) },
    ]);
    expect(found).toEqual(Object.fromEntries(expected));
    expect(before.silentOn).toEqual([]);
  });
});

describeCorpus('the CSL editions', () => {
  it('fan out into the thirteen lists of 2022-05, every row in one of them', async () => {
    const { lists } = await reading('us-csl', 'us-csl', '2022-05-06.csv.gz');
    expect(lists.map(({ list, rows }) => [list, rows.length])).toEqual([
      ['us-bis-el', 2001],
      ['us-bis-dpl', 462],
      ['us-bis-uvl', 201],
      ['us-bis-meu', 71],
      ['us-state-isn', 163],
      ['us-state-dtc', 727],
      ['us-ofac-ssi', 290],
      ['us-ofac-plc', 78],
      ['us-ofac-cmic', 68],
      ['us-ofac-cap', 53],
      ['us-ofac-mbs', 17],
      ['us-ofac-fse', 3],
      ['us-csl-sdn', 10026],
    ]);
  });

  it('give the Entity List alike, whether read as the CSL or as the Entity List', async () => {
    const { lists } = await reading('us-csl', 'us-csl', '2022-05-06.csv.gz');
    expect(await onlyList('us-bis-el', 'us-csl', '2022-05-06.csv.gz')).toEqual(lists.find(({ list }) => list === 'us-bis-el'));
  });

  it('declare start dates for all but 174 of the Entity List rows of 2022-05, and for none an impossible one', async () => {
    const { rows } = await onlyList('us-bis-el', 'us-csl', '2022-05-06.csv.gz');
    expect(rows.filter(({ state }) => state.declaredFrom === null && state.details['start_date'] === undefined)).toHaveLength(174);
    expect(rows.flatMap(({ state }) => state.details['start_date'] ?? [])).toEqual(['0097-06-30', '0097-06-30', '0017-05-26']);
  });

  it('hold the 12 additions of 90 FR 14046 and those of 90 FR 14032, and 19 bare addresses', async () => {
    const { rows } = await onlyList('us-bis-el', 'us-csl', '2025-11-08.entity-list-rows.csv.gz');
    const citedAs = (page: number, declaredFrom: string) =>
      rows.filter(({ state }) => state.declaredFrom === declaredFrom && state.citations.some((one) => one.volume === 90 && one.page === page));
    const hongKongAgain = ['Scikro (Hong Kong) Instruments Limited', 'Stratum FT Limited'];
    expect(citedAs(14046, '2025-03-25').filter(({ state }) => !hongKongAgain.includes(state.name))).toHaveLength(12);
    expect(citedAs(14032, '2025-03-28')).toHaveLength(67);
    expect(rows.filter(({ state }) => state.type === 'address')).toHaveLength(19);
    expect(rows.some(({ state }) => state.name.startsWith('Suma Techology'))).toBe(true);
  });

  it('are read in the layouts of 2019 and 2025 too', async () => {
    const old = await reading('us-csl', 'us-csl', '2019-12.excerpt-no-id-column.csv');
    expect(old.lists.every(({ silentOn }) => silentOn.includes('details._id'))).toBe(true);
    const recent = await reading('us-csl', 'us-csl', '2025.excerpt-new-ids.csv');
    const fse = recent.lists.find(({ list }) => list === 'us-ofac-fse');
    expect(fse?.rows[0]?.state.identifiers).toEqual([
      { type: 'Passport', value: 'U00242309', country: 'TR' },
      { type: 'Gender', value: 'Male', country: null },
    ]);
  });
});

describeCorpus('the damaged editions', () => {
  it.each(['un-sc', 'us-bis-el', 'us-csl', 'us-ofac-cons', 'us-ofac-sdn'])('are all refused as %s', async (source) => {
    for (const file of readdirSync(corpus('bad-input'))) {
      const documents = await openEdition(corpus('bad-input', file));
      expect(() => sources[source]!.read(documents)).toThrow(RefusedEditionError);
    }
  });

  it('are refused for what is wrong with them', async () => {
    await expect(reading('us-ofac-sdn', 'bad-input', 'us-ofac-sdn-empty.csv')).rejects.toThrow('empty');
    await expect(reading('us-csl', 'bad-input', 'us-csl-cut-mid-row.csv.gz')).rejects.toThrow('cut in mid-row');
    await expect(reading('us-ofac-sdn', 'bad-input', 'us-ofac-sdn-spreadsheet-damaged.csv.gz')).rejects.toThrow('reformatted by a spreadsheet');
    await expect(reading('un-sc', 'bad-input', 'un-sc-not-well-formed.xml.gz')).rejects.toThrow('Not well-formed XML');
  });
});
