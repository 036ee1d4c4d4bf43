import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEdition } from '@listory/sources';
import { corpus, describeCorpus } from '../support/corpus.js';
import { take } from '../e2e/lists-on-file.js';
import { runApi, type RunningApi } from '../e2e/running-api.js';

describeCorpus('answers from two real editions of the Entity List', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await runApi();
    await take(api.app, 'us-bis-el', '2022-05-06', await openEdition(corpus('us-csl', '2022-05-06.csv.gz')));
    await take(api.app, 'us-bis-el', '2025-11-08', await openEdition(corpus('us-csl', '2025-11-08.entity-list-rows.csv.gz')));
  }, 120_000);
  afterAll(() => api?.stop());

  const listed = async (name: string, asOf: string) => (await api.get('/v1/listed', { name, asOf })).json;

  describe('Nettrix', () => {
    it.each([
      ['2025-03-25', 'yes', 'declared'],
      ['2025-03-24', 'no', 'declared'],
      ['2025-11-08', 'yes', 'observed'],
      ['2026-01-01', 'yes', 'current'],
      ['2022-05-06', 'no', 'observed'],
      ['2020-01-01', 'no', 'declared'],
    ])('on %s: %s, %s', async (asOf, answer, basis) => {
      expect(await listed('Nettrix Information Industry Co., Ltd.', asOf)).toMatchObject({ listed: answer, basis });
    });

    it('shared its address with Sugon, who was there since 2019', async () => {
      const { json } = await api.get('/v1/addresses', { text: 'Haitai Huake Street', asOf: '2020-01-01' });
      expect(json.listings).toMatchObject([{ name: 'Sugon', basis: 'declared' }]);
      expect(json.ever.map((one: { name: string }) => one.name)).toEqual(['Sugon', 'Nettrix Information Industry Co., Ltd.']);
    });
  });

  it('finds a name nowhere before the first edition to be unknown, and inside the coverage to be not listed', async () => {
    expect(await listed('Nobody Of That Name', '2020-01-01')).toMatchObject({ listed: 'unknown', basis: 'unknown' });
    expect(await listed('Nobody Of That Name', '2024-01-01')).toMatchObject({ listed: 'no', basis: 'observed' });
  });

  it('streams the whole list of a day as its pages have it', async () => {
    const stream = await api.get('/v1/lists/us-bis-el/listings', { asOf: '2024-06-12' }, { accept: 'application/x-ndjson' });
    const streamed = stream.text.trimEnd().split('\n').map((line) => JSON.parse(line));
    const paged: unknown[] = [];
    for (let cursor: string | undefined; ; ) {
      const { json } = await api.get('/v1/lists/us-bis-el/listings', { asOf: '2024-06-12', limit: 1000, cursor });
      paged.push(...json.listings);
      expect(json.total).toBe(streamed.length);
      if (json.next === null) break;
      cursor = json.next;
    }
    expect(streamed).toEqual(paged);
    for (let index = 0; index < streamed.length; index += 29) {
      const { json } = await api.get(`/v1/listings/${encodeURIComponent(streamed[index].id)}`, { asOf: '2024-06-12' });
      expect(json.listings).toMatchObject([streamed[index]]);
    }
  });
});
