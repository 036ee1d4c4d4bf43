import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, checkpoints, headPosition, streamVersions } from '@listory/event-log';
import { Collector } from '../../../test/support/collector.js';
import { entityList, sdnFiles } from '../../../test/support/editions.js';
import { buildBeside } from '../build-beside.js';
import { compareWithRebuild } from '../rebuild.js';
import { views, type View } from '../views.js';

const listings = views.find((view) => view.name === 'listings')!;
let collector: Collector;
beforeAll(async () => {
  collector = await Collector.fresh();
  const at = (date: string, ...names: string[]) =>
    collector.import('us-ofac-sdn', sdnFiles(names.map((name, index) => [index + 1, name]), names.map((name, index) => [index + 1, 1, `${name} Street`, 'Havana', 'Cuba']), null), { date });
  await at('2020-01-01', 'ACME', 'BETA', 'GAMMA');
  await at('2020-03-01', 'ACME', 'BETA LTD');
  await at('2020-02-01', 'ACME', 'BETA', 'GAMMA', 'DELTA');
  await at('2020-04-01', 'ACME', 'BETA', 'GAMMA');
  const entity = (date: string, remarks: string) => collector.import('us-bis-el', [{ name: 'el.csv', bytes: entityList([{ name: 'Sugon', more: { remarks } }]) }], { date });
  await entity('2020-01-01', 'one');
  await entity('2020-02-01', 'two');
});
afterAll(() => collector?.drop());

/** All rows of a schema's tables. */
async function rowsOf(schema: string): Promise<Record<string, unknown[]>> {
  const tables = ['listings', 'keys', 'states', 'versions', 'names', 'addresses'];
  const found = await Promise.all(tables.map((table) => collector.pool.query(`select to_jsonb(t) as row from ${schema}.${table} t order by to_jsonb(t)::text collate "C"`)));
  return Object.fromEntries(found.map(({ rows }, index) => [tables[index]!, rows.map(({ row }) => row)]));
}

describe('filling the listings view listing by listing', () => {
  it('gives row for row what following the log gives', async () => {
    const { fill: _, ...byFollowing } = listings;
    await buildBeside(collector.pool, listings, 'filled');
    await buildBeside(collector.pool, byFollowing as View, 'followed');
    const filled = await rowsOf('filled');
    expect(filled).toEqual(await rowsOf('followed'));
    expect(filled).toEqual(await rowsOf('listings'));
    expect(filled.versions!.length).toBeGreaterThan(10);
  });

  it('leaves an event that it cannot read to the follower, which names it', async () => {
    const expected = await streamVersions(collector.pool, ['us-ofac-sdn']);
    const nonsense = { id: randomUUID(), list: 'us-ofac-sdn', type: 'identity.linked', subject: 'us-ofac-sdn:1', effectiveAt: '2021-01-01', cause: 'identity', changeClass: null, schemaVersion: 1, data: {} };
    await append(collector.pool, { expected, events: [nonsense] });
    const position = await headPosition(collector.pool);
    await expect(compareWithRebuild(collector.pool, 'listings')).rejects.toMatchObject({ name: 'PoisonEventError', position });
    expect((await checkpoints(collector.pool)).some(({ name }) => name === 'view:listings_check')).toBe(false);
  });
});
