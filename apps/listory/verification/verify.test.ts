import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, streamVersions } from '@listory/event-log';
import { catchUpViews } from '@listory/views';
import { Recording } from '../../collector/recording.js';
import { Collector } from '../../../test/support/collector.js';
import { sdnFiles } from '../../../test/support/editions.js';

const SDN = 'us-ofac-sdn';
let collector: Collector;
let editions: string[];

beforeAll(async () => {
  collector = await Collector.fresh();
  const uids = [1, 2, 3, 4, 5];
  const edition = (street: string) => sdnFiles(uids.map((uid) => [uid, `PARTY ${uid}`]), uids.map((uid) => [uid, 7, street, 'Havana', 'Cuba']), uids.map((uid) => [uid, 7, 'P']));
  const imported = [
    await collector.importOne(SDN, edition('1 Harbour Road'), { date: '2024-01-01' }),
    await collector.importOne(SDN, edition('2 Harbour Road'), { date: '2024-02-01' }),
  ];
  editions = imported.map(({ sha256 }) => sha256);
  await collector.correct(`${SDN}:1`, 'name', { value: 'PARTY ONE' });
});
afterAll(() => collector.drop());

async function found(): Promise<string[]> {
  return (await collector.verify(3)).map(({ promise, difference }) => `${promise}: ${difference}`);
}

describe('verify', () => {
  it('finds nothing wrong where nothing is', async () => expect(await found()).toEqual([]));

  it('names an event of which one byte is another', async () => {
    const alter = (from: string, to: string) =>
      collector.tamper('log.events', 'update log.events set data = replace(data::text, $1, $2)::json where position = 3', [from, to]);
    await alter('PARTY 3', 'PARTY 8');
    expect(await found()).toEqual([expect.stringMatching(/^log: .*position 3\b/)]);
    await alter('PARTY 8', 'PARTY 3');
    expect(await found()).toEqual([]);
  });

  it('names an archived document of which one byte is another', async () => {
    await collector.pool.query('alter table archive.documents drop constraint documents_check');
    const { rows } = await collector.pool.query<{ sha256: string }>(
      `select d->>'sha256' as sha256 from editions.editions, json_array_elements(documents::json) d where sha256 = $1 order by d->>'name' desc limit 1`,
      [editions[0]],
    );
    const flip = () => collector.tamper('archive.documents', 'update archive.documents set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1) where sha256 = $1', [rows[0]!.sha256]);
    await flip();
    expect(await found()).toEqual([expect.stringMatching(new RegExp(`^archive: .*${rows[0]!.sha256.slice(0, 12)}`))]);
    await flip();
    expect(await found()).toEqual([]);
  });

  it.each([
    ['listings.versions', `update listings.versions set valid_from = valid_from + $1 where listing = '${SDN}:2' and valid_from = (select min(valid_from) from listings.versions where listing = '${SDN}:2')`],
    ['listings.names', `update listings.names set folded = case when $1 > 0 then folded || 'x' else rtrim(folded, 'x') end where name = 'PARTY 4'`],
  ])('names a row of %s that the log does not give', async (table, sql) => {
    await collector.pool.query(sql, [1]);
    expect((await found()).find((one) => one.startsWith('views'))).toContain(table);
    await collector.pool.query(sql, [-1]);
    expect(await found()).toEqual([]);
  });

  it('names the edition that two listings which changed places in the log do not agree with', async () => {
    const recording = new Recording(await streamVersions(collector.pool, [SDN]));
    for (const [uid, other] of [[4, 5], [5, 4]]) {
      recording.listing({
        type: 'listing.renamed', list: SDN, listing: `${SDN}:${uid}`, effectiveAt: '2024-02-01', cause: 'publisher', changeClass: 'substantive',
        data: { list: SDN, edition: { date: '2024-02-01', sha256: editions[1]! }, citations: [], dating: 'edition', field: 'name', before: `PARTY ${uid}`, after: `PARTY ${other}` },
      });
    }
    await append(collector.pool, { expected: await streamVersions(collector.pool, [SDN]), events: recording.events });
    await catchUpViews(collector.pool);
    expect(await found()).toEqual([expect.stringMatching(/^editions: us-ofac-sdn as of 2024-02-01: 2 rows .*PARTY [45]/)]);
  });
});
