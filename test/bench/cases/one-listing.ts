import { bodiesOf, livesOf } from '@listory/views';
import { headPosition } from '@listory/event-log';
import { answerOf, serve } from '../child.js';
import { histories } from '../histories.js';
import type { Load } from '../processes/load.js';
import type { Case, Result, Running } from '../result.js';
import { interleaved, millisecondsOf } from '../rounds.js';
import { spreadByRound, spreadOf } from '../statistics.js';

/** One listing on a day, at a steady thousand questions a second from another process; and by itself in SQL. */
export const oneListing: Case = { name: 'one-listing', about: 'one listing as of D: over HTTP under load, and in SQL', run };

const RATE = 1000;

async function run(running: Running): Promise<Result[]> {
  const { url, database, history } = await histories(running).usual();
  const { pool } = database;
  const seconds = running.quick ? 2 : 8;
  const server = await serve(url);
  try {
    const ids = history.ids.filter((_, index) => index % 25 === 0);
    const paths = ids.map((id) => `/v1/listings/${encodeURIComponent(id)}?asOf=${history.middle}`);
    const loaded = (what: readonly string[]) => answerOf<Load>('./processes/load.js', server.url, JSON.stringify(what), String(RATE), String(seconds));
    const p50: number[] = [];
    const http = await interleaved(running.rounds, {
      listing: async () => {
        const load = await loaded(paths);
        if (load.failed > 0) throw new Error(`${load.failed} of ${load.requests} questions were answered with another status than 200`);
        p50.push(load.p50);
        return load.p99;
      },
      floor: async () => (await loaded(['/health/live'])).p99,
    });
    const position = await headPosition(pool);
    let asked = 0;
    const next = () => ids[asked++ % ids.length]!;
    const many = 500;
    const each = async (work: () => Promise<unknown>) => (await millisecondsOf(() => times(many, work))) / many;
    const sql = await interleaved(running.rounds, {
      listing: () => each(async () => {
        const [life] = await livesOf(pool, [next()], position);
        await bodiesOf(pool, [life!.stretches[0]!.stateId]);
      }),
      floor: () => each(() => pool.query('select 1')),
    });
    return [
      {
        what: `one listing as of D over HTTP at ${RATE} requests/s, p99`,
        measured: spreadOf(http.listing),
        unit: 'ms',
        floor: { what: 'p99 of /health/live at the same rate', measured: spreadOf(http.floor) },
        ratio: spreadByRound(http.listing, http.floor, (one, other) => one / other),
        aim: '< 5 ms',
        met: spreadOf(http.listing).median < 5,
        note: `median of all answers ${spreadOf(p50).median.toFixed(2)} ms; ${seconds} s a round, the client in another process on the same cores`,
      },
      sqlResult(sql),
    ];
  } finally {
    await server.stop();
  }
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < count; n++) await work();
}

function sqlResult({ listing, floor }: Record<'listing' | 'floor', number[]>): Result {
  const ratio = spreadByRound(listing, floor, (one, other) => one / other);
  return {
    what: 'one listing as of D in SQL: its life and its content',
    measured: spreadOf(listing),
    unit: 'ms',
    floor: { what: 'select 1', measured: spreadOf(floor) },
    ratio,
    aim: '<= × 5',
    met: ratio.median <= 5,
  };
}
