import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entityList } from '../support/editions.js';
import { take } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

const party = (number: number) => ({ name: `Company ${String(number).padStart(3, '0')} Ltd.`, addresses: `${number} Long Street, Shanghai, CN`, start: '2020-01-01' });
const parties = (from: number, to: number) => entityList(Array.from({ length: to - from }, (_, index) => party(from + index)));

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await take(api.app, 'us-bis-el', '2022-01-01', [{ name: 'el.csv', bytes: parties(0, 40) }]);
});
afterAll(() => api?.stop());

interface Paged {
  next: string | null;
  total: number;
  [rows: string]: unknown;
}

/** All pages, with `between` done after each. */
async function pages(path: string, parameters: Record<string, string | number>, between: (page: number) => Promise<void> = async () => {}): Promise<Paged[]> {
  const all: Paged[] = [];
  for (let cursor: string | undefined; ; ) {
    const { status, json } = await api.get(path, { ...parameters, cursor });
    expect(status).toBe(200);
    all.push(json);
    await between(all.length);
    if (json.next === null) return all;
    cursor = json.next;
  }
}

const ids = (all: Paged[], rows: string) => all.flatMap((page) => (page[rows] as { id: string }[]).map((one) => one.id));

describe('pages', () => {
  it('show each listing once and miss none, while events arrive', async () => {
    const whole = (await api.get('/v1/lists/us-bis-el/listings')).json;
    let date = 1;
    const all = await pages('/v1/lists/us-bis-el/listings', { limit: 7 }, async () => {
      const month = String(++date).padStart(2, '0');
      await take(api.app, 'us-bis-el', `2022-${month}-01`, [{ name: 'el.csv', bytes: parties(date, 40 + 2 * date) }]);
    });
    expect(ids(all, 'listings')).toEqual(ids([whole], 'listings'));
    expect(all.map((page) => [page.total, page.knownAt, page.asOf])).toEqual(all.map(() => [40, whole.knownAt, whole.asOf]));
    expect((await api.get('/v1/lists/us-bis-el/listings')).json.total).toBeGreaterThan(40);
  });

  it('exist for addresses, editions and fetches too', async () => {
    const found = await pages('/v1/addresses', { text: 'long street', limit: 9 });
    expect(new Set(ids(found, 'listings')).size).toBe(found[0]!.total);
    expect(ids(found, 'listings')).toHaveLength(found[0]!.total);
    const everywhere = (await api.get('/v1/addresses', { text: 'long street', limit: 1000 })).json;
    expect(ids(found, 'ever').sort()).toEqual(ids([everywhere], 'ever').sort());
    for (const rows of ['editions', 'fetches']) {
      const all = await pages(`/v1/lists/us-bis-el/${rows}`, { limit: 2 });
      const whole = (await api.get(`/v1/lists/us-bis-el/${rows}`)).json;
      expect(all.flatMap((page) => page[rows])).toEqual(whole[rows]);
      expect(whole[rows]).toHaveLength(whole.total);
    }
  });

  it('belong to one question: a cursor of another is refused', async () => {
    const { next } = (await api.get('/v1/lists/us-bis-el/listings', { limit: 5, asOf: '2022-03-01' })).json;
    const ask = (parameters: Record<string, string>, path = '/v1/lists/us-bis-el/listings') => api.get(path, { cursor: next, ...parameters });
    expect((await ask({})).status).toBe(200);
    expect((await ask({ asOf: '2022-03-01' })).status).toBe(200);
    for (const wrong of [await ask({ asOf: '2022-03-02' }), await ask({ knownAt: '@5' }), await ask({}, '/v1/lists/us-bis-dpl/listings'), await ask({}, '/v1/lists/us-bis-el/editions')]) {
      expect(wrong.json).toMatchObject({ status: 400, type: 'urn:listory:problem:invalid-cursor', parameter: 'cursor' });
    }
  });

  it('refuse a cursor that somebody made up', async () => {
    const { next } = (await api.get('/v1/lists/us-bis-el/listings', { limit: 5 })).json;
    const [mark, position, asOf, knownAt, place, total] = JSON.parse(Buffer.from(next, 'base64url').toString());
    for (const made of [
      [mark, '999999999', asOf, knownAt, place, total], [mark, position, 'x', knownAt, place, total], [mark, position, asOf, knownAt, ['\0'], total],
      [mark, position, asOf, knownAt, ['\ud800'], total], [mark, position, asOf, knownAt, [{}], total], [mark, position, asOf, knownAt, place, -1], [], {}, null, 'x',
    ]) {
      const cursor = Buffer.from(JSON.stringify(made)).toString('base64url');
      expect((await api.get('/v1/lists/us-bis-el/listings', { cursor })).json).toMatchObject({ status: 400, parameter: 'cursor' });
    }
    expect((await api.get('/v1/lists/us-bis-el/listings', { cursor: 'AAAA' })).status).toBe(400);
  });
});
