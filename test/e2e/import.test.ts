import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseHoldLimits } from '../../apps/collector/hold.js';
import { Collector } from '../support/collector.js';
import { entityList, sdnFiles } from '../support/editions.js';

const SDN = 'us-ofac-sdn';
let collector: Collector;
beforeEach(async () => void (collector = await Collector.fresh()));
afterEach(() => collector.drop());

type Named = ReturnType<typeof sdnFiles>[number];

/** OFAC entries 1 to `count`, each with one address and one alias. */
function sdn(count: number, rename: (uid: number) => string = (uid) => `PARTY ${uid} TRADING`) {
  const uids = Array.from({ length: count }, (_, index) => index + 1);
  return sdnFiles(
    uids.map((uid) => [uid, rename(uid)]),
    uids.map((uid) => [uid, uid, `${uid} Harbour Road`, 'Havana', 'Cuba']),
    uids.map((uid) => [uid, uid, `P${uid}`]),
  );
}

describe('taking editions in', () => {
  it('takes the first one as a baseline, the same again as a duplicate, and the same bytes of another day as unchanged', async () => {
    expect(await collector.importOne(SDN, sdn(20), { date: '2024-01-01' })).toMatchObject({ outcome: 'baseline', added: 20, events: 20 });
    expect((await collector.events()).filter((event) => event.type === 'listing.added' && event.cause === 'baseline')).toHaveLength(20);
    expect(await collector.importOne(SDN, sdn(20), { date: '2024-01-01' })).toMatchObject({ outcome: 'duplicate', events: 0 });
    expect(await collector.importOne(SDN, sdn(20), { date: '2024-02-01' })).toMatchObject({ outcome: 'unchanged', events: 0 });
    const { rows } = await collector.pool.query('select moment from editions.editions order by moment');
    expect(rows.map((row) => row.moment)).toEqual(['2024-01-01', '2024-02-01']);
    expect(await collector.events(SDN)).toHaveLength(20 + 2 + 1 + 2);
  });

  it('keeps the same bytes apart that stand at two times of one day, in any order, and knows each of them again', async () => {
    for (const date of ['2024-01-01T18:00:00Z', '2024-01-01']) {
      expect(await collector.importOne(SDN, sdn(20), { date })).toMatchObject({ date, outcome: expect.stringMatching(/baseline|changed/) });
    }
    for (const date of ['2024-01-01T18:00:00Z', '2024-01-01']) {
      expect(await collector.importOne(SDN, sdn(20), { date })).toMatchObject({ date, outcome: 'duplicate' });
    }
    expect(await collector.viewAt(SDN, '2024-01-01T09:00:00Z')).toHaveProperty('size', 20);
  });

  it('gives a second edition of a day without a time the next second, and knows it again', async () => {
    await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    for (const outcome of ['changed', 'duplicate']) {
      expect(await collector.importOne(SDN, sdn(21), { date: '2024-01-01' })).toMatchObject({ date: '2024-01-01T00:00:01Z', outcome });
    }
    expect(await collector.viewOf(SDN, '2024-01-01')).toHaveProperty('size', 21);
  });

  it('takes a compilation for what it is where one of its lists was taken from the same bytes before', async () => {
    const documents = [{ name: 'csl.csv', bytes: entityList([{ name: 'Sugon', start: '2019-06-24' }]) }];
    await collector.importOne('us-bis-el', documents, { date: '2024-01-01' });
    const results = await collector.import('us-csl', documents, { date: '2024-01-01' });
    expect(new Set(results.map(({ date }) => date))).toEqual(new Set(['2024-01-01']));
    expect(results.find(({ list }) => list === 'us-bis-el')).toMatchObject({ outcome: 'duplicate' });
  });

  it('reads the bytes of the latest edition anew where something was recorded since', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    expect(await collector.importOne(SDN, sdn(40), { date: '2024-02-01' })).toMatchObject({ outcome: 'unchanged' });
    await collector.importOne(SDN, sdn(38), { date: '2024-01-15' });
    await collector.importOne(SDN, sdn(39), { date: '2024-03-01' });
    expect(await collector.importOne(SDN, sdn(40), { date: '2024-04-01' })).toMatchObject({ outcome: 'changed', added: 1 });
    await collector.correct(`${SDN}:1`, 'name', { value: 'PARTY ONE' });
    expect(await collector.importOne(SDN, sdn(40), { date: '2024-05-01' })).toMatchObject({ outcome: 'unchanged', added: 0 });
    expect(await collector.viewOf(SDN, '2024-05-01')).toHaveProperty('size', 40);
    expect(await collector.verify(3)).toEqual([]);
  });

  it('takes another order of rows and files and other line ends for no change', async () => {
    await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    const turned = sdn(20)
      .reverse()
      .map(({ name, bytes }) => ({ name, bytes: Buffer.from(`${bytes.toString().replaceAll('\u001a', '').trim().split('\r\n').reverse().join('\n')}\n`) }));
    expect(await collector.importOne(SDN, turned, { date: '2024-02-01' })).toMatchObject({ outcome: 'unchanged', events: 0 });
  });

  it('holds an edition that removes too much, records nothing of it, and records it when a person releases it', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    const held = await collector.importOne(SDN, sdn(28), { date: '2024-02-01' });
    expect(held).toMatchObject({ outcome: 'held', removed: 12, events: 0, reason: expect.stringContaining('12 of 40') });
    expect(await collector.viewOf(SDN, '2024-03-01')).toHaveProperty('size', 40);
    const [released] = await collector.release(held.sha256.slice(0, 8));
    expect(released).toMatchObject({ outcome: 'changed', removed: 12 });
    expect(await collector.viewOf(SDN, '2024-03-01')).toHaveProperty('size', 28);
    await expect(collector.release(held.sha256.slice(0, 8))).rejects.toThrow(/No edition that waits/);
  });

  it('leaves a held edition that is discarded out for good', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    const { sha256 } = await collector.importOne(SDN, sdn(20), { date: '2024-02-01' });
    await collector.discard(sha256);
    expect(await collector.viewOf(SDN, '2024-03-01')).toHaveProperty('size', 40);
    await expect(collector.discard(sha256)).rejects.toThrow(/No edition that waits/);
  });

  it('holds an edition that lacks a file which the one before had, and removes no address when it is released', async () => {
    await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    const alone = sdn(20).slice(0, 1);
    expect(await collector.importOne(SDN, alone, { date: '2024-02-01' })).toMatchObject({ outcome: 'held', reason: expect.stringMatching(/add.*missing/) });
    const [result] = await collector.import(SDN, alone, { date: '2024-02-02', releaseReason: 'OFAC gave no more' });
    expect(result).toMatchObject({ outcome: 'unchanged', reason: expect.stringContaining('OFAC gave no more') });
    expect([...(await collector.viewOf(SDN, '2024-03-01')).values()].every(({ state }) => state.addresses.length === 1)).toBe(true);
  });

  it('judges addresses against the last edition that spoke of them, and holds a stump that is older than all', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    await collector.import(SDN, sdn(40).slice(0, 1), { date: '2024-02-01', releaseReason: 'OFAC gave no more' });
    const gutted = [sdn(40)[0]!, ...sdn(3).slice(1)];
    expect(await collector.importOne(SDN, gutted, { date: '2024-03-01' })).toMatchObject({ outcome: 'held', reason: expect.stringContaining('37 of 40 (92.5 %) addresses') });
    expect(await collector.importOne(SDN, sdn(5), { date: '2019-01-01' })).toMatchObject({ outcome: 'held', reason: expect.stringContaining('has 5 entries') });
  });

  it('holds an edition in which the listings that stay lose addresses, however many new ones bring', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    const [entries, addresses, aliases] = sdn(80) as [Named, Named, Named];
    const robbed = { ...addresses, bytes: Buffer.from(addresses.bytes.toString().split('\r\n').slice(15).join('\r\n')) };
    expect(await collector.importOne(SDN, [entries, robbed, aliases], { date: '2024-02-01' })).toMatchObject({
      outcome: 'held',
      reason: expect.stringContaining('15 of 40 (37.5 %) addresses'),
    });
  });

  it('asks a person once, and no more when the edition comes in after all', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    for (let n = 0; n < 2; n++) await collector.importOne(SDN, sdn(20), { date: '2024-02-01' });
    expect((await collector.events()).filter((event) => event.type === 'edition.held')).toHaveLength(1);
    expect(await collector.importOne(SDN, sdn(20), { date: '2024-02-01', releaseReason: 'right' })).toMatchObject({ outcome: 'changed' });
    await expect(collector.discard('')).rejects.toThrow(/No edition that waits/);
  });

  it('takes the same bytes through another publication for a duplicate', async () => {
    const list = [{ name: 'csl.csv', bytes: entityList([{ name: 'Sugon', addresses: 'Tianjin, CN' }]) }];
    await collector.importOne('us-csl', list, { date: '2024-01-01' });
    expect(await collector.importOne('us-bis-el', list, { date: '2024-01-01' })).toMatchObject({ outcome: 'duplicate', date: '2024-01-01' });
  });

  it.each([
    ['citations', [1]],
    ['type', 'banana'],
    ['licence', 'x'],
    ['declaredFrom', 'never'],
    ['nothing', 'x'],
  ])('refuses a correction of %s that could not be read again', async (field, value) => {
    await collector.importOne(SDN, sdn(2), { date: '2024-01-01' });
    await expect(collector.correct(`${SDN}:1`, field, { value })).rejects.toThrow(/cannot be corrected so/);
    expect(await collector.changes(SDN)).toHaveLength(2);
  });

  it('heeds the limits that are set for a list', async () => {
    await collector.importOne(SDN, sdn(40), { date: '2024-01-01' });
    const limits = parseHoldLimits(`${SDN}=50%:15`);
    expect(await collector.importOne(SDN, sdn(28), { date: '2024-02-01', limits })).toMatchObject({ outcome: 'changed', removed: 12 });
    expect(() => parseHoldLimits('us-bis-el=ten')).toThrow(/LIST=PERCENT%:COUNT/);
  });

  it('refuses what is no edition of the list, and says where', async () => {
    await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    const page = [{ name: 'sdn.csv', bytes: Buffer.from('<!DOCTYPE html><html><body>Down for maintenance</body></html>') }];
    expect(await collector.importOne(SDN, page, { date: '2024-02-01' })).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('sdn.csv') });
    expect(await collector.viewOf(SDN, '2024-03-01')).toHaveProperty('size', 20);
  });

  it('takes two imports of one list at once one after the other', async () => {
    await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    const renamed = (word: string) => sdn(20, (uid) => (uid === 1 ? `PARTY ONE ${word}` : `PARTY ${uid} TRADING`));
    const both = await Promise.all([
      collector.importOne(SDN, renamed('LEFT'), { date: '2024-02-01' }),
      collector.importOne(SDN, renamed('RIGHT'), { date: '2024-03-01' }),
    ]);
    expect(both.map((one) => one.outcome)).toEqual(['changed', 'changed']);
    expect(await collector.namesOn(SDN, '2024-02-15')).toContain('PARTY ONE LEFT');
    expect(await collector.namesOn(SDN, '2024-03-15')).toContain('PARTY ONE RIGHT');
    expect(await collector.verify(2)).toEqual([]);
  });

  it('gives the same events for the same bytes', async () => {
    const other = await Collector.fresh();
    try {
      const told: unknown[] = [];
      for (const one of [collector, other]) {
        await one.importOne(SDN, sdn(20), { date: '2024-01-01' });
        await one.importOne('us-bis-el', [{ name: 'el.csv', bytes: entityList([{ name: 'Sugon', addresses: 'Tianjin, CN' }, { name: 'Acme', addresses: 'Paris, FR' }]) }], { date: '2024-01-02' });
        told.push((await one.events()).map(({ recordedAt: _recordedAt, ...event }) => event));
      }
      expect(told[0]).toEqual(told[1]);
    } finally {
      await other.drop();
    }
  });

  it('shows no state of knowledge that holds half an edition', async () => {
    const { position } = await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    expect(await collector.viewOf(SDN, '2024-01-01', position - 5n)).toHaveProperty('size', 0);
    expect(await collector.viewOf(SDN, '2024-01-01', position)).toHaveProperty('size', 20);
  });

  it('lets a correction stand over the next import, and a link send the next row to the listing that goes on', async () => {
    await collector.importOne(SDN, sdn(20), { date: '2024-01-01' });
    await collector.correct(`${SDN}:1`, 'name', { value: 'PARTY ONE, RIGHTLY' });
    await collector.importOne(SDN, sdn(21), { date: '2024-02-01' });
    expect(await collector.namesOn(SDN, '2024-02-01')).toContain('PARTY ONE, RIGHTLY');
    const without = (uid: number) => sdn(22).map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes.toString().replace(new RegExp(`^${uid},.*\\r\\n`, 'm'), '')) }));
    await collector.importOne(SDN, without(5), { date: '2024-03-01' });
    await expect(collector.link(`${SDN}:6`, `${SDN}:7`)).rejects.toThrow(/cannot be one/);
    await expect(collector.unlink(`${SDN}:6`, null, '2024-02-01')).rejects.toThrow(/its publisher gives ids/);
    await collector.link(`${SDN}:5`, `${SDN}:22`);
    const { position } = await collector.importOne(SDN, without(5), { date: '2024-04-01' });
    expect((await collector.viewOf(SDN, '2024-04-01')).get(`${SDN}:5`)?.state.name).toBe('PARTY 22 TRADING');
    await collector.unlink(`${SDN}:5`, `${SDN}:22`);
    expect((await collector.viewOf(SDN, '2024-04-01')).has(`${SDN}:5`)).toBe(false);
    expect((await collector.viewOf(SDN, '2024-04-01', position)).has(`${SDN}:5`)).toBe(true);
    expect(await collector.verify(2)).toEqual([]);
  });

  it('loses no row where an edition shows two that a person had found to be one, and keeps to the link elsewhere', async () => {
    const without = (uid: number) => sdn(22).map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes.toString().replace(new RegExp(`^${uid},.*\\r\\n`, 'm'), '')) }));
    await collector.importOne(SDN, without(22), { date: '2024-01-01' });
    await collector.importOne(SDN, without(5), { date: '2024-02-01' });
    await collector.link(`${SDN}:5`, `${SDN}:22`);
    for (const date of ['2024-01-15', '2024-03-01']) {
      await collector.importOne(SDN, sdn(22), { date });
      const shown = await collector.viewOf(SDN, date);
      expect([shown.get(`${SDN}:5`)?.state.name, shown.get(`${SDN}:22`)?.state.name]).toEqual(['PARTY 5 TRADING', 'PARTY 22 TRADING']);
    }
    await collector.importOne(SDN, without(5), { date: '2024-04-01' });
    for (const date of ['2024-02-01', '2024-04-01']) {
      const shown = await collector.viewOf(SDN, date);
      expect([shown.get(`${SDN}:5`)?.state.name, shown.has(`${SDN}:22`)]).toEqual(['PARTY 22 TRADING', false]);
    }
    expect(await collector.verify(2)).toEqual([]);
  });
});
