import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OF_2022, OF_2025, takeAll } from './lists-on-file.js';
import { runApi, type Answer, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await takeAll(api.app);
});
afterAll(() => api?.stop());

const TODAY = new Date().toISOString().slice(0, 10);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const listed = async (name: string, asOf: string, more: Record<string, string> = {}) => (await api.get('/v1/listed', { name, asOf, list: 'us-bis-el', ...more })).json;
const names = (listings: { name: string }[]) => listings.map((one) => one.name).sort();

describe('whether a name was listed', () => {
  const NETTRIX = 'NETTRIX INFORMATION INDUSTRY COMPANY LIMITED';

  it.each([
    ['2025-03-25', 'yes', 'declared'],
    ['2025-03-24', 'no', 'declared'],
    ['2025-11-08', 'yes', 'observed'],
    ['2026-01-01', 'yes', 'current'],
    ['2022-05-06', 'no', 'observed'],
    ['2020-01-01', 'no', 'declared'],
  ])('on %s is %s, %s, where the publisher gave the start', async (asOf, answer, basis) => {
    expect(await listed(NETTRIX, asOf)).toMatchObject({ listed: answer, basis, total: answer === 'yes' ? 1 : 0 });
  });

  it.each([
    ['Undated Newcomer', { before: false, after: true }],
    ['Oldco', { before: true, after: false }],
  ])('is not known between editions that disagree about %s, and each of them is named', async (name, says) => {
    const answer = await listed(name, '2024-01-01');
    expect(answer).toMatchObject({ listed: 'unknown', basis: 'between', total: 1 });
    expect(answer.listings[0].between).toEqual({
      before: { date: '2022-05-06', sha256: sha256(OF_2022), listed: says.before },
      after: { date: '2025-11-08', sha256: sha256(OF_2025), listed: says.after },
    });
  });

  it('of a name found nowhere is no inside the coverage, and unknown before it', async () => {
    expect(await listed('Nobody At All', '2022-05-06')).toMatchObject({ listed: 'no', basis: 'observed', listings: [], notListed: [] });
    expect(await listed('Nobody At All', '2023-01-01')).toMatchObject({ listed: 'no', basis: 'observed' });
    expect(await listed('Nobody At All', '2026-01-01')).toMatchObject({ listed: 'no', basis: 'current' });
    expect(await listed('Nobody At All', '2022-05-05')).toMatchObject({ listed: 'unknown', basis: 'unknown' });
  });

  it('over several lists is unknown where one of them cannot say', async () => {
    const { json } = await api.get('/v1/listed', { name: 'Nobody At All', asOf: '2021-06-01' });
    expect(json).toMatchObject({ listed: 'unknown', coverage: [{ list: 'us-bis-el', first: '2022-05-06' }, { list: 'us-ofac-sdn', first: '2021-01-01' }] });
    expect((await api.get('/v1/listed', { name: 'Nobody At All', asOf: '2021-06-01', list: 'us-ofac-sdn' })).json.listed).toBe('no');
    expect((await api.get('/v1/listed', { name: 'Nobody At All', list: 'un-sc' })).json).toMatchObject({ listed: 'unknown', coverage: [] });
  });

  it('takes a former absence of an alias for what it is', async () => {
    expect(await listed('Dawning Information Industry', '2025-11-08')).toMatchObject({ listed: 'yes', listings: [{ name: 'Sugon', matched: [{ kind: 'a.k.a.' }] }] });
    const before = await listed('Dawning Information Industry', '2022-05-06');
    expect(before).toMatchObject({ listed: 'no', basis: 'observed', notListed: [{ name: 'Sugon', listed: 'no', underOtherNames: true }] });
    expect(await listed('Dawning Information Industry', '2024-01-01')).toMatchObject({ listed: 'unknown', basis: 'between' });
  });

  it('says as of when, as known when, and from which editions', async () => {
    const { headers, json } = await api.get('/v1/listed', { name: NETTRIX, asOf: '2025-03-25', list: 'us-bis-el' });
    expect(json.asOf).toBe('2025-03-25');
    expect(json.knownAt).toEqual({ position: expect.any(Number), at: expect.stringMatching(/^20.*Z$/) });
    expect(json.editions).toEqual([
      { list: 'us-bis-el', date: '2022-05-06', sha256: sha256(OF_2022) },
      { list: 'us-bis-el', date: '2025-11-08', sha256: sha256(OF_2025) },
    ]);
    expect(headers.etag).toMatch(new RegExp(`^"${json.knownAt.position}-`));
  });

  it('as known before the second edition is what was known then', async () => {
    const { json } = await api.get('/v1/lists/us-bis-el/editions');
    const first = json.editions.at(-1).recorded;
    for (const knownAt of [`@${first.position}`, first.at]) {
      const answer = await listed(NETTRIX, '2025-03-25', { knownAt });
      expect(answer).toMatchObject({ listed: 'no', basis: 'current', knownAt: { position: first.position }, editions: [{ date: '2022-05-06' }] });
      expect(answer.coverage).toMatchObject([{ last: '2022-05-06' }]);
    }
    expect(await listed(NETTRIX, '2025-03-25', { knownAt: '@0' })).toMatchObject({ listed: 'unknown', basis: 'unknown', coverage: [], knownAt: { position: 0, at: null } });
  });

  it('as known inside an append is as known before it: no answer rests on half an edition', async () => {
    const { json } = await api.get('/v1/lists/us-bis-el/editions');
    const [second, first] = json.editions;
    const answer = await listed(NETTRIX, '2025-11-08', { knownAt: `@${second.recorded.position - 1}` });
    expect(answer.knownAt.position).toBe(first.recorded.position);
  });

  it('as known in the future is as known now', async () => {
    const now = await listed(NETTRIX, '2025-03-25');
    for (const knownAt of ['9999-12-31T23:59:59Z', '@9223372036854775807', '@9999999999999999999']) {
      expect(await listed(NETTRIX, '2025-03-25', { knownAt })).toEqual(now);
    }
  });

  it('by id answers as by name, also under the address of the listing', async () => {
    const byName = await listed(NETTRIX, '2025-03-25');
    const { id } = byName.listings[0];
    const byId = (await api.get('/v1/listed', { id, asOf: '2025-03-25' })).json;
    expect(byId).toMatchObject({ listed: 'yes', basis: 'declared', listings: [{ id, listedFrom: '2025-03-25', declaredFrom: '2025-03-25', listedUntil: null, inForce: true }] });
    expect((await api.get(`/v1/listings/${encodeURIComponent(id)}`, { asOf: '2025-03-25' })).json).toEqual(byId);
  });
});

describe('a list on a day', () => {
  const list = (asOf?: string, more: Record<string, string | number> = {}, headers = {}) => api.get('/v1/lists/us-bis-el/listings', { asOf, ...more }, headers);

  it('holds what was in effect, each listing with its own basis', async () => {
    const { json } = await list('2025-03-25');
    expect(json).toMatchObject({ basis: 'between', total: 4, undated: { added: 1, removed: 1 }, next: null });
    const bases = Object.fromEntries(json.listings.map((one: { name: string; basis: string }) => [one.name, one.basis]));
    expect(bases).toEqual({
      Sugon: 'observed',
      'Oldco Ltd.': 'between',
      'Shanghai Lead Co.': 'observed',
      'Nettrix Information Industry Co., Ltd.': 'declared',
    });
  });

  it('is observed on an edition’s day, current after the last, declared before the first', async () => {
    expect((await list('2025-11-08')).json).toMatchObject({ basis: 'observed', total: 4 });
    expect((await list()).json).toMatchObject({ basis: 'current', total: 4 });
    const { json } = await list('2020-01-01');
    expect(json).toMatchObject({ basis: 'declared', total: 2 });
    expect(names(json.listings)).toEqual(['Oldco Ltd.', 'Sugon']);
    expect((await list('1990-01-01')).json).toMatchObject({ basis: 'unknown', total: 0, listings: [] });
  });

  it('says the same of a listing as the question for that listing', async () => {
    const { json } = await list('2025-03-25');
    for (const listing of json.listings) {
      const [alone] = (await api.get('/v1/listed', { id: listing.id, asOf: '2025-03-25' })).json.listings;
      expect(alone).toMatchObject(listing);
    }
  });

  it('comes whole as NDJSON and as CSV, with what it rests on in the headers', async () => {
    const pages = (await list('2025-03-25')).json.listings;
    const ndjson = await list('2025-03-25', {}, { accept: 'application/x-ndjson' });
    expect(ndjson.text.trimEnd().split('\n').map((line) => JSON.parse(line))).toEqual(pages);
    expect(ndjson.headers).toMatchObject({ 'listory-as-of': '2025-03-25', 'listory-basis': 'between', 'listory-total': '4' });
    const csv = await list('2025-03-25', {}, { accept: 'text/csv' });
    expect(csv.text.split('\r\n')[0]).toMatch(/^id,list,heading,type,name,/);
    expect(csv.text).toContain('"No. 15, Haitai Huake Street, Huayuan Industrial Zone, Tianjin, 300384, CN"');
    expect(csv.text).toMatch(/\r\n$/);
  });

  it('is not sent again to a client that has it', async () => {
    const first = await list('2025-03-25');
    const again = await list('2025-03-25', {}, { 'if-none-match': String(first.headers.etag) });
    expect(again).toMatchObject({ status: 304, text: '' });
    expect((await list('2025-03-24', {}, { 'if-none-match': String(first.headers.etag) })).status).toBe(200);
  });
});

describe('what differs', () => {
  it('between two days is added, removed and changed', async () => {
    const { json } = await api.get('/v1/lists/us-bis-el/changes', { from: '2022-05-06', to: '2025-11-08' });
    expect(json.counts).toEqual({ added: 2, removed: 1, changed: 1 });
    expect(names(json.added)).toEqual(['Nettrix Information Industry Co., Ltd.', 'Undated Newcomer']);
    expect(json.removed).toMatchObject([{ name: 'Oldco Ltd.', listedUntil: '2025-11-08' }]);
    expect(json.changed).toMatchObject([
      { name: 'Sugon', type: 'citations.changed', field: 'citations', class: 'substantive' },
      { name: 'Sugon', type: 'alias.added', field: 'aliases', before: null, after: { name: 'Dawning Information Industry' } },
    ]);
    expect(json).toMatchObject({ basis: 'observed', from: { asOf: '2022-05-06' }, to: { asOf: '2025-11-08' } });
    expect(json).toMatchObject({ asOf: '2025-11-08', knownAt: json.to.knownAt, total: 4, coverage: [{ list: 'us-bis-el', first: '2022-05-06' }], next: null });
    expect(json.editions).toEqual([{ list: 'us-bis-el', date: '2022-05-06', sha256: sha256(OF_2022) }, { list: 'us-bis-el', date: '2025-11-08', sha256: sha256(OF_2025) }]);
  });

  it('between a day and itself is nothing', async () => {
    const { json } = await api.get('/v1/lists/us-bis-el/changes', { from: '2025-11-08', to: '2025-11-08' });
    expect(json).toMatchObject({ counts: { added: 0, removed: 0, changed: 0 }, added: [], removed: [], changed: [] });
  });

  it('between two states of knowledge of one day is what was learnt', async () => {
    const { editions } = (await api.get('/v1/lists/us-bis-el/editions')).json;
    const knownFrom = `@${editions.at(-1).recorded.position}`;
    const { json } = await api.get('/v1/lists/us-bis-el/changes', { asOf: '2025-03-25', knownFrom, knownTo: `@${editions[0].recorded.position}` });
    expect(json.counts).toEqual({ added: 1, removed: 0, changed: 0 });
    expect(names(json.added)).toEqual(['Nettrix Information Industry Co., Ltd.']);
    expect(json).toMatchObject({ from: { basis: 'current' }, to: { basis: 'between' } });
    expect(json).toMatchObject({ asOf: '2025-03-25', basis: 'between', total: 1, knownAt: { position: editions[0].recorded.position }, from: { knownAt: { position: editions[1].recorded.position } } });
    expect(json.editions.map((one: { date: string }) => one.date)).toEqual(['2022-05-06', '2025-11-08']);
  });
});

describe('who was at an address', () => {
  const HAITAI = 'No. 15 Haitai Huake Street, Huayuan Industrial Zone, Tianjin, 300384';

  it('is answered for the day, and for ever', async () => {
    const then = (await api.get('/v1/addresses', { text: `${HAITAI}, CN`, asOf: '2023-01-01' })).json;
    expect(names(then.listings)).toEqual(['Sugon']);
    expect(then.addresses).toMatchObject([{ match: 'equal' }]);
    expect(names(then.ever)).toEqual(['Nettrix Information Industry Co., Ltd.', 'Sugon']);
    expect(then.ever[0].periods).toEqual([{ from: '2019-06-24', fromDating: 'publisher', until: null, untilDating: null }]);
    const now = (await api.get('/v1/addresses', { text: `${HAITAI}, CN` })).json;
    expect(names(now.listings)).toEqual(['Nettrix Information Industry Co., Ltd.', 'Sugon']);
  });

  it('is found by words of it, in any order', async () => {
    const { json } = await api.get('/v1/addresses', { text: 'tianjin HAITAI huake' });
    expect(json.addresses).toMatchObject([{ match: 'words' }]);
    expect(json.total).toBe(2);
    expect((await api.get('/v1/addresses', { text: 'tianjin aitai' })).json).toMatchObject({ total: 0, addresses: [], ever: [], basis: 'current' });
  });

  it('has a history by its id', async () => {
    const [{ id }] = (await api.get('/v1/addresses', { text: 'Old Road' })).json.addresses;
    const { json } = await api.get(`/v1/addresses/${id}/history`);
    expect(json.listings).toMatchObject([{ name: 'Oldco Ltd.', periods: [{ from: '2018-01-01', until: '2025-11-08', untilDating: 'edition' }] }]);
    expect(json).toMatchObject({ asOf: TODAY, knownAt: { position: expect.any(Number) }, basis: 'current', total: 1, coverage: [{ list: 'us-bis-el' }], next: null });
    // Oldco left between these two, and the publisher's start lies before the first.
    expect(json.editions.map((one: { date: string }) => one.date)).toEqual(['2022-05-06', '2025-11-08']);
    expect((await api.get('/v1/addresses/addr-0000000000000000/history')).status).toBe(404);
  });

  it('rests on the edition that last spoke of addresses, and on nothing that is silent', async () => {
    const { json } = await api.get('/v1/listed', { id: 'us-ofac-sdn:173', asOf: '2021-02-01' });
    expect(json).toMatchObject({ listed: 'yes', basis: 'observed', listings: [{ addresses: [{ text: expect.stringContaining('Ibex House') }] }] });
    expect(json.editions).toMatchObject([
      { date: '2021-01-01', for: ['aliases', 'addresses'] },
      { date: '2021-02-01', silentOn: ['aliases', 'addresses'] },
    ]);
    const question = { text: 'Ibex House', asOf: '2021-02-01' };
    expect((await api.get('/v1/addresses', { ...question, list: 'us-ofac-sdn' })).json.basis).toBe('current');
    // Of the Entity List nothing is held of that day: somebody else may have been there.
    expect((await api.get('/v1/addresses', question)).json).toMatchObject({ basis: 'unknown', listings: [{ list: 'us-ofac-sdn', basis: 'current' }] });
  });
});

describe('what is held', () => {
  it('is told by list', async () => {
    const { lists } = (await api.get('/v1/lists')).json;
    expect(lists).toMatchObject([
      { list: 'us-bis-el', first: '2022-05-06', last: '2025-11-08', editions: 2, listings: 4, waiting: 0 },
      { list: 'us-ofac-sdn', first: '2021-01-01', last: '2021-02-01', editions: 2, listings: 3 },
    ]);
    expect((await api.get('/v1/lists/un-sc')).json.list).toMatchObject({ list: 'un-sc', editions: 0, first: null });
  });

  it('includes every edition and every fetch', async () => {
    expect((await api.get('/v1/lists/us-bis-el/editions')).json.editions).toMatchObject([
      { date: '2025-11-08', outcome: 'changed', added: 2, removed: 1, changed: 1 },
      { date: '2022-05-06', outcome: 'baseline' },
    ]);
    expect((await api.get('/v1/lists/us-bis-el/fetches')).json.fetches).toMatchObject([{ outcome: 'changed' }, { outcome: 'baseline' }]);
  });

  it('gives back the very bytes: a file, a manifest, a part', async () => {
    const bytes = await api.get(`/v1/editions/${sha256(OF_2022)}/bytes`);
    expect(bytes.text).toBe(OF_2022.toString());
    const [{ sha256: several }] = (await api.get('/v1/lists/us-ofac-sdn/editions')).json.editions.slice(-1);
    const manifest: Answer = await api.get(`/v1/editions/${several}/bytes`);
    expect(sha256(Buffer.from(manifest.text))).toBe(several);
    const part = await api.get(`/v1/editions/${several}/bytes`, { part: 'alt.csv' });
    expect(manifest.text).toContain(`${sha256(Buffer.from(part.text))}  alt.csv`);
    expect((await api.get(`/v1/editions/${several}/bytes`, { part: 'nope.csv' })).json).toMatchObject({ status: 404, parameter: 'part' });
  });

  it('names the lists of an edition', async () => {
    expect((await api.get(`/v1/editions/${sha256(OF_2022)}`)).json).toMatchObject({ recorded: [{ list: 'us-bis-el' }], held: [], fetches: [{ outcome: 'baseline' }] });
    expect((await api.get(`/v1/editions/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

describe('the life of a listing', () => {
  it('tells each period and each change, with cause, citation and edition', async () => {
    const [{ id }] = (await listed('Sugon', '2025-11-08')).listings;
    const { json } = await api.get(`/v1/listings/${id}/history`);
    expect(json.periods).toEqual([{ from: '2019-06-24', fromDating: 'publisher', until: null, untilDating: null }]);
    expect(json.events).toMatchObject([
      { type: 'listing.added', cause: 'baseline', effectiveAt: '2019-06-24', edition: { sha256: sha256(OF_2022) } },
      { type: 'citations.changed', cause: 'publisher', effectiveAt: '2025-11-08', dating: 'edition', citations: [{ page: 29373 }, { page: 14046 }] },
      { type: 'alias.added', after: { name: 'Dawning Information Industry' } },
    ]);
    expect(json).toMatchObject({ asOf: TODAY, knownAt: { position: expect.any(Number), at: expect.any(String) }, basis: 'current', total: 3, next: null });
    expect(json.editions).toEqual([{ list: 'us-bis-el', date: '2022-05-06', sha256: sha256(OF_2022) }, { list: 'us-bis-el', date: '2025-11-08', sha256: sha256(OF_2025) }]);
    const first = (await api.get(`/v1/listings/${id}/history`, { knownAt: `@${json.events[0].position + 3}` })).json;
    expect(first).toMatchObject({ total: 1, editions: [{ date: '2022-05-06' }] });
    expect((await api.get('/v1/listings/us-bis-el:nobody/history')).status).toBe(404);
  });
});
