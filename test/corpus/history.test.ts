import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ImportResult } from '../../apps/collector/import-edition.js';
import { Collector } from '../support/collector.js';
import { corpusTable, describeCorpus } from '../support/corpus.js';
import { differingKeys, importAll, sdnSeries, sdnTrios, unEditions, type RealEdition } from '../support/real-editions.js';
import { Seeded } from '../support/seed.js';

/** Databases with the same editions: imported in order, in reverse, and shuffled. */
class Orders {
  readonly collectors: Collector[] = [];
  /** What the import in order said. */
  inOrder: ImportResult[] = [];

  constructor(private readonly editions: RealEdition[]) {}

  async import(): Promise<this> {
    const shuffled = new Seeded(`order of ${this.editions[0]!.source}`).shuffled(this.editions);
    for (const order of [this.editions, this.editions.toReversed(), shuffled]) {
      const collector = await Collector.fresh();
      this.collectors.push(collector);
      const results = await importAll(collector, order);
      if (order === this.editions) this.inOrder = results;
    }
    return this;
  }

  async expectEachEditionSaid(): Promise<void> {
    for (const [order, collector] of this.collectors.entries()) {
      for (const edition of this.editions) {
        expect({ order, date: edition.date, differing: await differingKeys(collector, edition) }).toEqual({ order, date: edition.date, differing: [] });
      }
    }
  }

  async expectOneHistory(): Promise<void> {
    const { source, date } = this.editions[0]!;
    const hashes = await Promise.all(this.collectors.map((collector) => collector.md5OfHistory(source)));
    expect(hashes).toEqual([hashes[0], hashes[0], hashes[0]]);
    expect((await this.collectors[0]!.viewOf(source, date)).size).toBeGreaterThan(300);
  }

  async drop(): Promise<void> {
    for (const collector of this.collectors) await collector.drop();
  }
}

describeCorpus('the ten UN editions, imported in order, in reverse and shuffled', () => {
  let orders: Orders;
  beforeAll(async () => {
    orders = await new Orders(unEditions()).import();
  });
  afterAll(() => orders?.drop());

  it('in order: each step adds, removes and changes exactly what is known', () => {
    const counted = orders.inOrder.map(({ date, outcome, added, removed, changed }) => ({ date, outcome, added, removed, changed }));
    const known = corpusTable('un-sc', 'COUNTS.tsv').map((row, index) => {
      const [added, removed, changed] = [row['ids_added'], row['ids_removed'], row['ids_changed']].map(Number) as [number, number, number];
      const outcome = index === 0 ? 'baseline' : added + removed + changed > 0 ? 'changed' : 'unchanged';
      return { date: row['edition'], outcome, added: index === 0 ? Number(row['entries']) : added, removed, changed };
    });
    expect(counted).toEqual(known);
  });

  it('show at the date of each edition what it says', () => orders.expectEachEditionSaid());

  it('agree in every stretch of every listing', () => orders.expectOneHistory());
});

/** Of how many uids one is taken; all of them take twenty minutes (`LISTORY_CORPUS_EVERY=1`). */
const EVERY = Number(process.env['LISTORY_CORPUS_EVERY'] ?? 20);

// In order and whole: sdn-series.test.ts.
describeCorpus(`every ${EVERY}th uid of the 45 SDN editions, imported in order, in reverse and shuffled`, () => {
  let orders: Orders;
  beforeAll(async () => {
    const editions = [...sdnTrios(), ...sdnSeries()];
    orders = await new Orders(editions.map((edition) => ({ ...edition, uids: (uid) => uid % EVERY === 3 % EVERY }))).import();
  }, 3_600_000);
  afterAll(() => orders?.drop());

  it('show at the date of each edition what it says', () => orders.expectEachEditionSaid());

  it('agree in every stretch of every listing', () => orders.expectOneHistory());
});
