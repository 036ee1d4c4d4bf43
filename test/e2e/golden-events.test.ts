import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { eventVersions, toCloudEvent } from '@listory/contracts';
import { append, readEvents, type RecordedEvent } from '@listory/event-log';
import { CorrectListing } from '../../apps/collector/correct-listing.js';
import { DiscardEdition, ReleaseEdition } from '../../apps/collector/decide-held.js';
import { ImportEdition } from '../../apps/collector/import-edition.js';
import { LinkListings, UnlinkListing } from '../../apps/collector/link-listings.js';
import { entityList, sdnFiles, type EntityRow } from '../support/editions.js';
import { take } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

const golden = join(process.cwd(), 'libs/contracts/golden');

/** Set to write the golden file of a type that has none yet; those that are there are never written again. */
const isWriting = process.env.LISTORY_WRITE_GOLDEN === '1';

const alpha: EntityRow = {
  name: 'Alpha Trading Co., Ltd.', addresses: '1 First Street, Beijing, CN; 2 Second Street, Beijing, CN', start: '2020-01-01', aliases: 'Alfa; Alpha Two',
  more: { programs: 'EL', ids: 'Tax ID No., 1', remarks: 'as first printed', title: 'Trader' },
};
const gamma: EntityRow = { name: 'Gamma Instruments Research Institute', addresses: '3 Third Street, Harbin, CN', start: '2020-01-01' };
const delta: EntityRow = { name: 'Delta Optics', addresses: '4 Fourth Street, Wuhan, CN', start: '2020-01-01' };
const zeta: EntityRow = { name: 'Zeta Microwave', addresses: '6 Sixth Street, Chengdu, CN', start: '2020-01-01' };
const epsilon: EntityRow = { name: 'Quite Another Firm', addresses: '5 Fifth Street, Kunming, CN' };
const changed: EntityRow = {
  ...alpha, addresses: '1 First St., Beijing, CN; 9 Ninth Street, Shenzhen, CN', aliases: 'Alpha Two; Omega Export', notice: '84 FR 29373; 87 FR 1', requirement: 'For all items subject to the EAR.',
  more: { programs: 'EL; MEU', ids: 'Tax ID No., 2', remarks: 'as printed later', title: 'Exporter' },
};

let api: RunningApi;
let recorded: RecordedEvent[];

beforeAll(async () => {
  api = await runApi();
  const commands = api.app.get(CommandBus);
  const entities = (date: string, rows: EntityRow[]) => take(api.app, 'us-bis-el', date, [{ name: 'el.csv', bytes: entityList(rows) }]);
  await entities('2022-01-01', [alpha, gamma, delta, zeta]);
  await entities('2022-02-01', [changed, { ...gamma, name: 'Gamma Instruments Institute' }, epsilon]);
  await entities('2022-03-01', [changed, gamma, epsilon, delta]);
  const options = { via: 'golden', limits: new Map(), today: '2022-06-01' };
  await commands.execute(new ImportEdition('us-bis-el', [{ name: 'el.csv', bytes: Buffer.from('not a list') }], { ...options, date: '2022-04-01' }));
  const entries: [number, string][] = [[36, 'AEROCARIBBEAN AIRLINES']];
  await take(api.app, 'us-ofac-sdn', '2022-01-01', sdnFiles(entries, [[36, 25, '1 Havana Street', 'Havana', 'Cuba']], [[36, 12, 'AERO-CARIBBEAN']]));
  for (const date of ['2022-02-01', '2022-03-01']) await commands.execute(new ImportEdition('us-ofac-sdn', sdnFiles([[36, `AEROCARIBBEAN ${date}`]], null, null), { ...options, date }));
  const idOf = async (name: string) => (await api.get('/v1/listed', { name, asOf: name === zeta.name ? '2022-01-15' : '2022-03-01' })).json.listings[0].id as string;
  const held = (await api.get('/v1/held')).json.held as { sha256: string }[];
  const person = ['checked by hand', 'an analyst'] as const;
  await commands.execute(new ReleaseEdition(held[1]!.sha256, ...person, { limits: new Map(), today: '2022-06-01' }));
  await commands.execute(new DiscardEdition(held[0]!.sha256, ...person));
  await commands.execute(new CorrectListing(await idOf(alpha.name), 'remarks', null, 'put right', ...person));
  const [one, other] = [await idOf(epsilon.name), await idOf(zeta.name)];
  await commands.execute(new LinkListings(one, other, ...person));
  await commands.execute(new UnlinkListing(one, other, null, ...person));
  await move(await idOf(delta.name));
  recorded = await readEvents(api.fresh.database.pool, { after: 0n });
});
afterAll(() => api?.stop());

/** No publication that is read so far prints headings, so this one event is not a collector's. */
async function move(listing: string): Promise<void> {
  const data = {
    list: 'us-bis-el', edition: { date: '2022-03-01', sha256: '0'.repeat(64) }, citations: [], dating: 'edition', reason: 'another text', field: 'heading', before: null, after: 'China',
  };
  const event = { id: '6b1f5a52-4b5e-4a6e-9f0e-2f4a2d3c1b00', list: 'us-bis-el', type: 'listing.moved', subject: listing, effectiveAt: '2022-03-01', cause: 'publisher', changeClass: 'substantive', schemaVersion: 1, data } as const;
  await append(api.fresh.database.pool, { expected: new Map([['us-bis-el', 'any' as const]]), events: [event] });
}

/** Names and kinds of values, as deep as they go; of a list, those of its elements taken together. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(shapeOf(one))))].sort();
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, shapeOf(one)]));
}

describe('golden events', () => {
  it.each(Object.keys(eventVersions))('%s is recorded in the shape of its golden file', async (type) => {
    const file = join(golden, `${type}.v${eventVersions[type]}.json`);
    const event = recorded.find((one) => one.type === type && (type !== 'listing.added' || one.data.relisted === true));
    if (!event) throw new Error(`the scenario records no ${type}`);
    const { position, version, batchEnd, ...rest } = event;
    const plain = { ...rest, position: Number(position), version: Number(version), batchEnd: Number(batchEnd) };
    if (isWriting && !existsSync(file)) writeFileSync(file, `${JSON.stringify({ recorded: plain, cloudEvent: toCloudEvent(event) }, null, 2)}\n`);
    const known = JSON.parse(readFileSync(file, 'utf8')) as { recorded: unknown };
    expect(shapeOf(plain)).toEqual(shapeOf(known.recorded));
  });
});
