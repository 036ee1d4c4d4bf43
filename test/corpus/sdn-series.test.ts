import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@listory/event-log';
import { editionDateOfName } from '@listory/sources';
import type { ImportResult } from '../../apps/collector/import-edition.js';
import { Collector, type Shown } from '../support/collector.js';
import { corpusTable, describeCorpus } from '../support/corpus.js';
import { importAll, sdnSeries, sdnTrios } from '../support/real-editions.js';

const LIST = 'us-ofac-sdn';

describeCorpus('two complete SDN editions, then the 43 of sdn.csv alone, whole and in order', () => {
  let collector: Collector;
  /** What the imports of the complete editions and of the series said. */
  let trios: ImportResult[];
  let results: ImportResult[];
  /** The list as the last complete edition has it, and the log position after it. */
  let complete: Map<string, Shown>;
  let position: bigint;
  beforeAll(async () => {
    collector = await Collector.fresh();
    trios = await importAll(collector, sdnTrios());
    position = trios.at(-1)!.position;
    complete = await collector.viewOf(LIST, trios.at(-1)!.date!);
    results = await importAll(collector, sdnSeries());
  }, 600_000);
  afterAll(() => collector?.drop());

  it('between the complete ones as many came and went as is known', () => {
    const [known] = corpusTable('us-ofac-sdn', 'COUNTS.tsv');
    expect(trios.map(({ added, removed }) => ({ added, removed }))[1]).toEqual({ added: Number(known!['added']), removed: Number(known!['removed']) });
  });

  it('each step adds, removes and changes exactly what is known, and so it is recorded', async () => {
    // The first has no neighbour in the table.
    const [, ...known] = corpusTable('us-ofac-sdn-series', 'COUNTS.tsv').map((row) => ({
      date: editionDateOfName(row['edition']!)!,
      counts: { added: Number(row['uids_added']), removed: Number(row['uids_removed']), changed: Number(row['uids_changed']) },
    }));
    expect(known).toHaveLength(42);
    const [, ...imported] = results.map(({ date, added, removed, changed }) => ({ date, counts: { added, removed, changed } }));
    expect(imported).toEqual(known);
    const events = await collector.events(LIST, position);
    const [, ...recorded] = events.filter(({ type }) => type === 'edition.recorded').map(({ effectiveAt, data }) => ({ date: effectiveAt, counts: data.counts }));
    expect(recorded).toEqual(known);
    for (const { date, counts } of known) expect({ date, ...countedIn(events, date) }).toEqual({ date, added: counts.added, removed: counts.removed });
  });

  it('sdn.csv alone removes and adds no address or alias of a listing that stays', async () => {
    const events = await collector.events(LIST, position);
    expect(events.filter(({ type }) => /^(address|alias)\./.test(type))).toEqual([]);
    const last = await collector.viewOf(LIST, results.at(-1)!.date!);
    const stayed = [...complete.values()].filter(({ listing, listedFrom }) => last.get(listing)?.listedFrom === listedFrom);
    expect(stayed.length).toBeGreaterThan(8_000);
    expect(stayed.flatMap(({ state }) => [...state.addresses, ...state.aliases]).length).toBeGreaterThan(20_000);
    const changed = stayed.filter(({ listing, state }) => {
      const now = last.get(listing)!.state;
      return !isDeepStrictEqual([now.addresses, now.aliases], [state.addresses, state.aliases]);
    });
    expect(changed.map(({ listing }) => listing)).toEqual([]);
  });
});

/** How many listings come and go on a day, by the events themselves. */
function countedIn(events: readonly RecordedEvent[], date: string) {
  const of = (kind: string) => events.filter(({ type, effectiveAt }) => type === kind && effectiveAt === date).length;
  return { added: of('listing.added'), removed: of('listing.removed') };
}
