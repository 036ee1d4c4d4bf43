import { rebuildView, views } from '@listory/views';
import { histories } from '../histories.js';
import { copyOut, copyProgram } from '../plain-copy.js';
import type { Case, Result, Running } from '../result.js';
import { interleaved, millisecondsOf } from '../rounds.js';
import { spreadByRound, spreadOf } from '../statistics.js';

/** Every view from the log, beside the live one, indexed and swapped in. */
export const rebuild: Case = { name: 'rebuild', about: 'all views from the log', run };

async function run(running: Running): Promise<Result[]> {
  const { rounds } = running;
  const { url, database, history } = await histories(running).usual();
  const times = await interleaved(rounds, {
    rebuild: () =>
      millisecondsOf(async () => {
        for (const view of views) await rebuildView(database.pool, view.name);
      }),
    floor: () => copyOut(url, 'copy (select * from log.events order by position) to stdout'),
  });
  const rate = (ms: number) => (history.events / ms) * 1000;
  const measured = spreadOf(times.rebuild.map(rate));
  return [
    {
      what: `rebuild of all views, ${history.events} events`,
      measured,
      unit: 'events/s',
      floor: { what: `COPY of the log TO STDOUT by ${copyProgram}`, measured: spreadOf(times.floor.map(rate)) },
      ratio: spreadByRound(times.rebuild, times.floor, (one, other) => one / other),
      aim: '>= 100 000 events/s',
      met: measured.median >= 100_000,
    },
  ];
}
