import { serve } from '../child.js';
import { download } from '../download.js';
import { histories, type Filled } from '../histories.js';
import { AS_IT_IS, copyOut, copyProgram } from '../plain-copy.js';
import type { Case, Result, Running } from '../result.js';
import { interleaved, millisecondsOf } from '../rounds.js';
import { spreadByRound, spreadOf } from '../statistics.js';
import { from } from 'pg-copy-streams';

/** A whole list over HTTP against a plain COPY of the same bytes; and with ten times the history behind it. */
export const wholeList: Case = { name: 'whole-list', about: 'a list of 25,000 rows as of D known at K, over HTTP', run };

async function run(running: Running): Promise<Result[]> {
  const usual = await histories(running).usual();
  const tenTimes = await histories(running).tenTimes();
  const one = await serve(usual.url);
  const other = await serve(tenTimes.url);
  try {
    const urls = { middle: middleOf(one.url, usual), now: nowOf(one.url, usual), middleTen: middleOf(other.url, tenTimes), nowTen: nowOf(other.url, tenTimes) };
    const bytes = await storePlainly(usual, urls.middle);
    await storePlainly(tenTimes, urls.middleTen);
    const plain = `copy plain_lines to stdout ${AS_IT_IS}`;
    const times = await interleaved(running.rounds * 3, {
      floor: () => copyOut(usual.url, plain),
      middle: () => millisecondsOf(() => download(urls.middle)),
      now: () => millisecondsOf(() => download(urls.now)),
      middleTen: () => millisecondsOf(() => download(urls.middleTen)),
      nowTen: () => millisecondsOf(() => download(urls.nowTen)),
      floorTen: () => copyOut(tenTimes.url, plain),
    });
    return resultsOf(times, usual, tenTimes, bytes);
  } finally {
    await one.stop();
    await other.stop();
  }
}

type Times = Record<'floor' | 'middle' | 'now' | 'middleTen' | 'nowTen' | 'floorTen', number[]>;

function resultsOf(times: Times, usual: Filled, tenTimes: Filled, bytes: number): Result[] {
  const against = (what: string, measured: number[], floor: number[], floorIs: string, aim: number, note?: string): Result => {
    const ratio = spreadByRound(measured, floor, (one, other) => one / other);
    return {
      what,
      measured: spreadOf(measured),
      unit: 'ms',
      floor: { what: floorIs, measured: spreadOf(floor) },
      ratio,
      aim: `<= × ${aim}`,
      met: ratio.median <= aim,
      ...(note ? { note } : {}),
    };
  };
  const { listings, events } = usual.history;
  const copied = `plain COPY … TO STDOUT of the same bytes by ${copyProgram}`;
  const list = `whole list of ${listings} rows, NDJSON over HTTP`;
  const mb = (bytes / 1e6).toFixed(1);
  return [
    against(`${list}, as of and as known in the middle of the history`, times.middle, times.floor, copied, 1.5, `${mb} MB, ${events} events; the floor copies a table of the finished lines, timed by the server's client alone (no start, no connecting)`),
    against(`${list}, today as known now`, times.now, times.floor, copied, 1.5),
    against(`the same after ${tenTimes.history.events} events, in the middle`, times.middleTen, times.middle, 'the same with a tenth of the history', 1.2),
    against(`the same after ${tenTimes.history.events} events, today`, times.nowTen, times.now, 'the same with a tenth of the history', 1.2),
    { ...against('plain COPY, with ten times the history behind it', times.floorTen, times.floor, copied, 1), aim: '', met: null },
  ];
}

function middleOf(url: string, { history }: Filled): string {
  return `${url}/v1/lists/${history.list}/listings?asOf=${history.middle}&knownAt=@${history.middlePosition}`;
}

function nowOf(url: string, { history }: Filled): string {
  return `${url}/v1/lists/${history.list}/listings`;
}

/** Keeps the lines of an answer in a table, for the floor. @returns how many bytes they have */
async function storePlainly({ database }: Filled, url: string): Promise<number> {
  const answer = await fetch(url, { headers: { accept: 'application/x-ndjson' } });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  const body = Buffer.from(await answer.arrayBuffer());
  const client = await database.pool.connect();
  try {
    await client.query('drop table if exists plain_lines; create table plain_lines (line text)');
    const stream = client.query(from(`copy plain_lines from stdin ${AS_IT_IS}`));
    await new Promise<void>((resolve, reject) => void stream.once('finish', resolve).once('error', reject).end(body));
    await client.query('vacuum (freeze, analyze) plain_lines');
  } finally {
    client.release();
  }
  return body.length;
}
