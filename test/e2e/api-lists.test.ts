import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { ImportEdition } from '../../apps/collector/import-edition.js';
import { entityList } from '../support/editions.js';
import { take, takeAll } from './lists-on-file.js';
import { runApi, type Answer, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
});
afterAll(() => api?.stop());

/** Takes in bytes that are not what they are said to be. */
async function takeDamaged(source: string, date: string): Promise<void> {
  const options = { date, via: `${source} ${date}`, limits: new Map(), today: '2026-11-23' };
  await api.app.get(CommandBus).execute(new ImportEdition(source, [{ name: 'x.csv', bytes: Buffer.from('<html>Try again later</html>') }], options));
}

const list = async (id: string) => ((await api.get('/v1/lists')).json.lists as { list: string; problem: string | null }[]).find((one) => one.list === id);
const publication = async (id: string) => ((await api.get('/v1/lists')).json.publications as { publication: string }[]).find((one) => one.publication === id);

describe('a compilation that could not be read', () => {
  it('is a problem of the publication, not a list without listings', async () => {
    await takeDamaged('us-csl', '2026-01-01');
    const { json } = await api.get('/v1/lists');
    expect(json).toMatchObject({ total: 0, lists: [], coverage: [], basis: 'unknown' });
    expect(json.publications).toEqual([
      { publication: 'us-csl', lists: expect.arrayContaining(['us-bis-el', 'us-csl-sdn']), checked: null, fetched: expect.any(String), problem: expect.any(String) },
    ]);
    expect((await api.get('/v1/lists/us-csl')).json).toMatchObject({ status: 404, parameter: 'list', detail: expect.stringContaining('us-bis-dpl') });
    expect((await api.get('/v1/lists/us-bis-dpl')).json.list).toMatchObject({ list: 'us-bis-dpl', editions: 0 });
  });

  it('is told at every list that is read from it', async () => {
    await take(api.app, 'us-csl', '2026-01-02', [{ name: 'csl.csv', bytes: entityList([{ name: 'Sugon', start: '2019-06-24' }]) }]);
    await take(api.app, 'un-sc', '2026-01-02', [{ name: 'un.xml', bytes: Buffer.from(UN) }]);
    expect(await list('us-bis-el')).toMatchObject({ sources: ['us-csl'], problem: null });
    await takeDamaged('us-csl', '2026-01-03');
    const { json } = await api.get('/v1/lists');
    expect(json.lists.map((one: { list: string }) => one.list)).toEqual(['un-sc', 'us-bis-el']);
    expect(json.coverage.map((one: { list: string }) => one.list)).toEqual(['un-sc', 'us-bis-el']);
    const damaged = await list('us-bis-el') as unknown as { checked: string; fetched: string; problem: string };
    expect(damaged.problem).toMatch(/\w/);
    expect(damaged.checked < damaged.fetched).toBe(true);
    expect(await list('un-sc')).toMatchObject({ problem: null });
    expect(await publication('us-csl')).toMatchObject({ problem: damaged.problem, fetched: damaged.fetched, checked: damaged.checked });
    expect(await publication('un-sc')).toMatchObject({ lists: ['un-sc'], problem: null });
  });

  it('stands among the fetches of each of its lists', async () => {
    const outcomes = async (id: string) => (await api.get(`/v1/lists/${id}/fetches`)).json.fetches.map((one: { list: string; outcome: string }) => `${one.list} ${one.outcome}`);
    expect(await outcomes('us-bis-el')).toEqual(['us-csl refused', 'us-bis-el baseline', 'us-csl refused']);
    expect(await outcomes('us-bis-dpl')).toEqual(['us-csl refused', 'us-csl refused']);
    expect(await outcomes('us-csl')).toEqual(['us-csl refused', 'us-csl refused']);
    expect(await outcomes('un-sc')).toEqual(['un-sc baseline']);
  });

  it('is a list’s own problem where the list itself could not be read, until it is read again', async () => {
    await takeDamaged('us-bis-el', '2026-01-04');
    expect(await publication('us-bis-el')).toMatchObject({ lists: ['us-bis-el'], checked: null, problem: expect.any(String) });
    await take(api.app, 'us-bis-el', '2026-01-05', [{ name: 'el.csv', bytes: entityList([{ name: 'Sugon', start: '2019-06-24' }]) }]);
    expect(await list('us-bis-el')).toMatchObject({ sources: ['us-bis-el', 'us-csl'], problem: null });
  });
});

describe('a list in lines', () => {
  beforeAll(() => takeAll(api.app));

  const ask = (accept: string, query: Record<string, string | number> = {}) => api.get('/v1/lists/us-bis-el/listings', { asOf: '2025-03-25', ...query }, { accept });
  const rowsOf = ({ text }: Answer, eol: string) => text.split(eol).filter((line) => line !== '').map((line): unknown => (line.startsWith('{') ? JSON.parse(line) : line));

  it.each([
    ['application/x-ndjson', '\n', 0],
    ['text/csv', '\r\n', 1],
  ])('as %s comes in pages too, with the next one in Link', async (accept, eol, headers) => {
    const whole = await ask(accept);
    const total = Number(whole.headers['listory-total']);
    expect(rowsOf(whole, eol)).toHaveLength(total + headers);
    const first = await ask(accept, { limit: 2 });
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({ 'listory-total': String(total), 'listory-as-of': '2025-03-25', 'content-type': expect.stringContaining(accept) });
    const read = rowsOf(first, eol);
    expect(read).toHaveLength(2 + headers);
    for (let page = first; page.headers.link !== undefined; ) {
      const [, address] = /^<(.*)>; rel="next"$/.exec(String(page.headers.link))!;
      page = await api.get(address!, {}, { accept });
      read.push(...rowsOf(page, eol).slice(headers));
    }
    expect(read).toEqual(rowsOf(whole, eol));
    expect((await ask(accept, { limit: 0 })).json).toMatchObject({ status: 400, parameter: 'limit' });
  });

  it('is another answer than the same in JSON: each has its own ETag', async () => {
    const [csv, json] = [await ask('text/csv'), await ask('application/json')];
    expect(csv.headers.etag).not.toBe(json.headers.etag);
    expect((await api.get('/v1/lists/us-bis-el/listings', { asOf: '2025-03-25' }, { accept: 'text/csv;q=0.9', 'if-none-match': String(csv.headers.etag) })).status).toBe(304);
  });
});

const UN = `<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-02T00:00:00.000Z"><INDIVIDUALS></INDIVIDUALS><ENTITIES><ENTITY><DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM>
<FIRST_NAME>NOWHERE TRADING</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER><LISTED_ON>2009-04-24</LISTED_ON></ENTITY></ENTITIES></CONSOLIDATED_LIST>`;
