import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordedAt, readEvents, snapToBatch } from '@listory/event-log';
import { takeAll } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await takeAll(api.app);
});
afterAll(() => api?.stop());

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Every instant that stands anywhere in an answer. */
function instantsIn(value: unknown): string[] {
  if (typeof value === 'string') return INSTANT.test(value) ? [value] : [];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(instantsIn) : [];
}

async function answers() {
  const [{ id, addresses }] = (await api.get('/v1/listed', { name: 'Sugon' })).json.listings;
  const [{ sha256 }] = (await api.get('/v1/lists/us-bis-el/editions')).json.editions;
  const paths = [
    '/v1/lists', '/v1/lists/us-bis-el', '/v1/lists/us-bis-el/editions', '/v1/lists/us-ofac-sdn/fetches', `/v1/editions/${sha256}`, '/v1/held', '/v1/listed?name=Sugon',
    '/v1/lists/us-bis-el/listings', '/v1/lists/us-bis-el/changes?from=2022-05-06', `/v1/listings/${id}/history`, `/v1/addresses/${addresses[0].id}/history`, '/v1/events?limit=1000',
  ];
  return Promise.all(paths.map(async (path) => [path, (await api.get(path)).json] as const));
}

describe('an instant of an answer', () => {
  it('is printed to the microsecond, in every answer and event', async () => {
    for (const [path, answer] of await answers()) {
      const found = instantsIn(answer);
      if (path !== '/v1/held') expect([path, found.length > 0]).toEqual([path, true]);
      expect([path, found.filter((instant) => !/\.\d{6}Z$/.test(instant))]).toEqual([path, []]);
    }
  });

  it('asked for again includes what was recorded then: as it was printed, and cut to milliseconds or seconds by a client', async () => {
    const { pool } = api.fresh.database;
    const ends = [...new Set((await readEvents(pool, { after: 0n })).map((event) => event.batchEnd))];
    const printed = new Set((await answers()).flatMap(([, answer]) => instantsIn(answer)));
    for (const end of ends) {
      const at = (await recordedAt(pool, end))!;
      expect([...printed]).toContain(at);
      const asked = [at, at.replace(/\d{3}Z$/, 'Z'), new Date(at).toISOString(), at.replace(/\.\d+Z$/, 'Z'), at.replace('Z', '+00:00')];
      for (const knownAt of asked) {
        const { json } = await api.get('/v1/lists', { knownAt });
        expect([knownAt, json.knownAt.position >= end]).toEqual([knownAt, true]);
      }
      // Not more than that: as it was printed, it means that very append.
      expect((await api.get('/v1/lists', { knownAt: at })).json.knownAt).toEqual({ position: Number(end), at });
      const before = (await api.get('/v1/lists', { knownAt: new Date(Date.parse(at) - 1).toISOString() })).json.knownAt.position;
      expect(BigInt(before) < end).toBe(true);
      expect(await snapToBatch(pool, BigInt(before))).toBe(BigInt(before));
    }
  });

  it('means the same in both states of knowledge of a comparison', async () => {
    const [second, first] = (await api.get('/v1/lists/us-bis-el/editions')).json.editions;
    const inMs = (at: string) => new Date(at).toISOString();
    const { json } = await api.get('/v1/lists/us-bis-el/changes', { asOf: '2025-03-25', knownFrom: inMs(first.recorded.at), knownTo: inMs(second.recorded.at) });
    expect([json.from.knownAt.position, json.to.knownAt.position]).toEqual([first.recorded.position, second.recorded.position]);
    expect(json.total).toBe(1);
  });
});
