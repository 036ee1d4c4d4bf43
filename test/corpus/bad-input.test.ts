import { basename } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openEdition } from '@listory/sources';
import { Collector } from '../support/collector.js';
import { corpus, describeCorpus } from '../support/corpus.js';

const FILES = [
  ['un-sc', 'un-sc-not-well-formed.xml.gz', /un-sc-not-well-formed\.xml, line 53.*not well-formed/i],
  ['us-csl', 'us-csl-cut-mid-row.csv.gz', /us-csl-cut-mid-row\.csv, line 4233.*cut in mid-row/],
  ['us-ofac-sdn', 'us-ofac-sdn-empty.csv', /us-ofac-sdn-empty\.csv.*empty/],
  ['us-ofac-sdn', 'us-ofac-sdn-spreadsheet-damaged.csv.gz', /us-ofac-sdn-spreadsheet-damaged\.csv, uid.*spreadsheet/],
] as const;

describeCorpus('files as damaged as they were found', () => {
  let collector: Collector;
  beforeAll(async () => {
    collector = await Collector.fresh();
    await collector.importPath('un-sc', corpus('un-sc', '2022-10-21.xml.gz'));
    await collector.importPath('us-ofac-sdn', corpus('us-ofac-sdn-series', '2021-11-23.sdn.csv.gz'));
  }, 60_000);
  afterAll(() => collector.drop());

  it.each(FILES)('%s: %s is refused, saying what and where, and records no change', async (source, file, problem) => {
    const before = (await collector.events()).at(-1)!.position;
    const path = corpus('bad-input', file);
    const [result] = await collector.import(source, await openEdition(path), { via: basename(path), date: '2024-01-01' });
    expect(result).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(problem), events: 0 });
    const events = await collector.events(undefined, before);
    expect(events.map((event) => event.type)).toEqual(['fetch.failed']);
  });

  it('leaves every listing where it was', async () => {
    expect((await collector.viewOf('un-sc', '2026-01-01')).size).toBe(956);
    expect((await collector.viewOf('us-ofac-sdn', '2026-01-01')).size).toBe(9107);
  });
});
