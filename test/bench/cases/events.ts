import { serve } from '../child.js';
import { download } from '../download.js';
import { histories } from '../histories.js';
import { copyOut, copyProgram } from '../plain-copy.js';
import type { Case, Result, Running } from '../result.js';
import { interleaved, millisecondsOf } from '../rounds.js';
import { spreadByRound, spreadOf } from '../statistics.js';

/** Everything that was ever recorded, and every listing as it stands, as another service takes them. */
export const events: Case = { name: 'events', about: 'the whole log as CloudEvents, and a snapshot, over HTTP', run };

async function run(running: Running): Promise<Result[]> {
  const { url, history } = await histories(running).usual();
  const server = await serve(url);
  try {
    const times = await interleaved(running.rounds, {
      floor: () => copyOut(url, 'copy (select * from log.events order by position) to stdout'),
      log: () => millisecondsOf(() => download(`${server.url}/v1/events`)),
      snapshot: () => millisecondsOf(() => download(`${server.url}/v1/snapshot`)),
    });
    const floor = { what: `COPY of the log TO STDOUT by ${copyProgram}`, measured: spreadOf(times.floor.map((ms) => (history.events / ms) * 1000)) };
    const log = spreadOf(times.log.map((ms) => (history.events / ms) * 1000));
    const snapshot = spreadOf(times.snapshot.map((ms) => (history.listings / ms) * 1000));
    return [
      { what: `GET /v1/events, ${history.events} events as NDJSON`, measured: log, unit: 'events/s', floor, ratio: spreadByRound(times.log, times.floor, (one, other) => one / other), aim: '>= 20 000 events/s', met: log.median >= 20_000 },
      { what: `GET /v1/snapshot, ${history.listings} listings`, measured: snapshot, unit: 'listings/s', aim: '', met: null },
    ];
  } finally {
    await server.stop();
  }
}
