import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Collector } from '../support/collector.js';
import { corpus, describeCorpus } from '../support/corpus.js';

const LIST = 'us-bis-el';
const NETTRIX = 'Nettrix Information Industry Co., Ltd.';

/** As published, `Techology` included. */
const TWELVE = [
  'Inspur (Beijing) Electronic Information Industry Co., Ltd.',
  'Inspur Electronic Information Industry Co., Ltd.',
  'Inspur Electronic Information (Hong Kong) Co., Ltd.',
  'Inspur (HK) Electronics Co., Ltd.',
  'Inspur Software Co., Ltd.',
  'Inspur Taiwan',
  NETTRIX,
  'Suma Techology Co., Ltd.',
  'Suma-USI Electronics Co., Ltd.',
  'Henan Dingxin Information Industry Co., Ltd.',
  'Beijing Academy of Artificial Intelligence',
  'Beijing Innovation Wisdom Technology Co., Ltd.',
];

describeCorpus('the Entity List of 2022-05-06 and 2025-11-08', () => {
  let collector: Collector;
  let held: string;
  beforeAll(async () => {
    collector = await Collector.fresh();
    await collector.importPath(LIST, corpus('us-csl', '2022-05-06.csv.gz'));
    const [result] = await collector.importPath(LIST, corpus('us-csl', '2025-11-08.entity-list-rows.csv.gz'), { releaseReason: undefined as never });
    held = `${result!.outcome}: ${result!.reason}`;
    expect(await collector.changes(LIST, result!.position - 2n)).toEqual([]);
    const [released] = await collector.release(result!.sha256.slice(0, 12), { reason: 'read by hand' });
    expect(released).toMatchObject({ outcome: 'changed', added: 1449, removed: 29 });
  }, 120_000);
  afterAll(() => collector.drop());

  it('holds the second one, three and a half years later, until a person releases it', () => {
    expect(held).toMatch(/^held: .*1282 days after the edition before/);
  });

  it('adds the 12 of 25 March 2025 and the 70 of 28 March on those dates', async () => {
    const added = (await collector.events(LIST)).filter((event) => event.type === 'listing.added' && event.cause === 'publisher');
    const citing = (citation: RegExp) => added.filter(({ data }) => (data.citations as { text: string }[]).some((one) => citation.test(one.text)));
    // The first page stands for the twelve; two companies of Hong Kong carry it too.
    const march25 = citing(/^90 FR 14046$/);
    expect(march25.map((event) => event.effectiveAt)).toEqual(Array(14).fill('2025-03-25'));
    expect(march25.map(({ data }) => (data.listing as { name: string }).name)).toEqual(expect.arrayContaining(TWELVE));
    expect(citing(/^90 FR 1403[25]$/).map((event) => event.effectiveAt)).toEqual(Array(70).fill('2025-03-28'));
  });

  it('has Nettrix on 25 March 2025 and not the day before', async () => {
    expect(await collector.namesOn(LIST, '2025-03-25')).toContain(NETTRIX);
    expect(await collector.namesOn(LIST, '2025-03-24')).not.toContain(NETTRIX);
  });

  it('keeps Beijing Institute of Technology as one listing that gained two addresses in Shenzhen', async () => {
    const name = 'Beijing Institute of Technology';
    const id = await collector.idOf(LIST, name, '2022-05-06');
    expect(await collector.idOf(LIST, name, '2025-11-08')).toBe(id);
    const inShenzhen = async (date: string) =>
      (await collector.viewOf(LIST, date)).get(id)!.state.addresses.filter((one) => one.text.includes('Shenzhen')).length;
    expect([await inShenzhen('2022-05-06'), await inShenzhen('2025-11-08')]).toEqual([0, 2]);
  });

  it('lets verify find nothing wrong, then names one altered event, document and row', async () => {
    expect(await collector.verify(1)).toEqual([]);
    const state = `(select state_id from listings.states order by state_id limit 1)`;
    await collector.pool.query(`update listings.states set body = replace(body, '"type"', '"tYpe"') where state_id = ${state}`);
    expect((await collector.verify(1)).map((one) => `${one.promise} ${one.difference}`).join()).toMatch(/views listings\.states/);
    await collector.pool.query(`update listings.states set body = replace(body, '"tYpe"', '"type"') where state_id = ${state}`);
    await collector.tamper('log.events', `update log.events set subject = subject || 'x' where position = 77`);
    expect((await collector.verify(1))[0]).toMatchObject({ promise: 'log', difference: expect.stringContaining('position 77') });
    await collector.tamper('log.events', `update log.events set subject = rtrim(subject, 'x') where position = 77`);
  }, 120_000);
});
