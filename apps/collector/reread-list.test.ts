import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readEvents } from '@listory/event-log';
import { sources } from '@listory/sources';
import { compareWithRebuild, prepareViews } from '@listory/views';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { ImportEdition, ImportEditionHandler } from './import-edition.js';
import { RereadList, RereadListHandler } from './reread-list.js';

const reader = sources['us-ofac-sdn']!;
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  await prepareViews(fresh.database.pool);
});
afterAll(async () => {
  sources['us-ofac-sdn'] = reader;
  await fresh.drop();
});

function sdn(rows: [uid: number, name: string][]): { name: string; bytes: Buffer }[] {
  const text = rows.map(([uid, name]) => `${uid},"${name}",-0- ,"CUBA",${'-0- ,'.repeat(7)}-0- \r\n`).join('');
  return [{ name: 'sdn.csv', bytes: Buffer.from(text) }];
}

describe('reading archived editions again', () => {
  it('records what a better reader makes of the same bytes as its own doing, and only that', async () => {
    const { database } = fresh;
    const imports = new ImportEditionHandler(database);
    const options = { via: 'x', limits: new Map(), today: '2026-01-01' };
    await imports.execute(new ImportEdition('us-ofac-sdn', sdn([[1, 'acme'], [2, 'apex']]), { ...options, date: '2020-01-01' }));
    await imports.execute(new ImportEdition('us-ofac-sdn', sdn([[1, 'acme'], [3, 'zeta']]), { ...options, date: '2021-01-01' }));
    const rereads = new RereadListHandler(database);
    expect((await rereads.execute(new RereadList('us-ofac-sdn'))).map((one) => one.events)).toEqual([0, 0]);

    sources['us-ofac-sdn'] = {
      ...reader,
      read: (documents) => {
        const reading = reader.read(documents);
        for (const row of reading.lists[0]!.rows) row.state.name = row.state.name.toUpperCase();
        return reading;
      },
    };
    const head = (await readEvents(database.pool, { after: 0n })).length;
    await rereads.execute(new RereadList('us-ofac-sdn'));
    const events = (await readEvents(database.pool, { after: BigInt(head) })).filter((event) => event.type !== 'edition.recorded');
    expect(events.map((event) => [event.type, event.subject, event.effectiveAt, event.cause, event.changeClass])).toEqual([
      ['listing.renamed', 'us-ofac-sdn:1', '2021-01-01', 'parser', 'editorial'],
      ['listing.renamed', 'us-ofac-sdn:3', '2021-01-01', 'parser', 'editorial'],
      ['listing.renamed', 'us-ofac-sdn:1', '2020-01-01', 'parser', 'editorial'],
      ['listing.renamed', 'us-ofac-sdn:2', '2020-01-01', 'parser', 'editorial'],
    ]);
    expect((await rereads.execute(new RereadList('us-ofac-sdn'))).map((one) => one.events)).toEqual([0, 0]);
    expect(await compareWithRebuild(database.pool, 'listings')).toEqual([]);
  });
});
