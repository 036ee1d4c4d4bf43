import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '@listory/contracts';
import { sdnFiles } from '../support/editions.js';
import { OF_2022, OF_2025, take } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await take(api.app, 'us-bis-el', '2022-05-06', [{ name: 'el.csv', bytes: OF_2022 }]);
  await take(api.app, 'us-ofac-sdn', '2023-01-01', sdnFiles([[1, 'ACME'], [2, 'BETA']], null, null));
  await take(api.app, 'us-ofac-sdn', '2023-02-01', sdnFiles([[1, 'ACME LTD'], [3, 'GAMMA']], null, null));
  await take(api.app, 'us-bis-el', '2025-11-08', [{ name: 'el.csv', bytes: OF_2025 }]);
});
afterAll(() => api?.stop());

/** A consumer's table: of each listing the name, and whether it is listed. */
type Table = Record<string, { name: string; isListed: boolean }>;

function apply(table: Table, events: readonly CloudEvent[]): Table {
  for (const { type, subject, data } of events as (CloudEvent & { data: Record<string, unknown> })[]) {
    if (type.includes('.listing.added.')) table[subject] = { name: (data.listing as { name: string }).name, isListed: true };
    else if (type.includes('.listing.removed.')) table[subject]!.isListed = false;
    else if (type.includes('.listing.renamed.') || data.field === 'name') table[subject]!.name = data.after as string;
  }
  return table;
}

async function eventsAfter(after: number, list?: string): Promise<CloudEvent[]> {
  return (await api.get('/v1/events', { after, list, limit: 1000 })).json.events;
}

async function snapshot(parameters: Record<string, string> = {}) {
  const { status, headers, text } = await api.get('/v1/snapshot', parameters);
  expect([status, headers['content-type']]).toEqual([200, 'application/x-ndjson']);
  const [first, ...rest] = text.trimEnd().split('\n').map((line) => JSON.parse(line));
  const end = rest.pop();
  expect(end).toEqual({ end: { listings: rest.length } });
  return { ...(first.snapshot as { position: number; lists: string[] | null }), listings: rest as { id: string; list: string; name: string; listedUntil: string | null }[] };
}

const tableOf = ({ listings }: Awaited<ReturnType<typeof snapshot>>): Table => Object.fromEntries(listings.map(({ id, name, listedUntil }) => [id, { name, isListed: listedUntil === null }]));

describe('a snapshot', () => {
  it('at any position, and the events after it, give what all events give', async () => {
    const all = await eventsAfter(0);
    const whole = apply({}, all);
    expect(Object.values(whole).filter(({ isListed }) => !isListed).length).toBeGreaterThan(0);
    for (const { sequence } of all) {
      const taken = await snapshot({ knownAt: `@${Number(sequence)}` });
      expect(taken.position).toBeLessThanOrEqual(Number(sequence));
      expect(apply(tableOf(taken), await eventsAfter(taken.position))).toEqual(whole);
      expect(tableOf(taken)).toEqual(apply({}, all.filter((event) => Number(event.sequence) <= taken.position)));
    }
  });

  it('of one list holds that list only, in the order of ids, also what is no longer listed', async () => {
    const { lists, listings } = await snapshot({ list: 'us-ofac-sdn' });
    expect(lists).toEqual(['us-ofac-sdn']);
    expect(listings.map(({ id, name, listedUntil }) => [id, name, listedUntil])).toEqual([
      ['us-ofac-sdn:1', 'ACME LTD', null],
      ['us-ofac-sdn:2', 'BETA', '2023-02-01'],
      ['us-ofac-sdn:3', 'GAMMA', null],
    ]);
  });
});
