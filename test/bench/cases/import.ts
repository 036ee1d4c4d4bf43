import { rmSync } from 'node:fs';
import { answerOf } from '../child.js';
import { cslFiles, type CslFiles } from '../csl.js';
import { copyIn, copyProgram } from '../plain-copy.js';
import type { Imported } from '../processes/import.js';
import type { Case, Result, Running } from '../result.js';
import { spreadByRound, spreadOf } from '../statistics.js';

/** A complete CSL taken in for the first time; again with one change; unchanged: each by a process of its own. */
export const importing: Case = { name: 'import', about: 'a complete CSL: first, with one change, unchanged; memory', run };

interface Round {
  first: Imported;
  same: Imported;
  otherBytes: Imported;
  oneChange: Imported;
  floor: number;
}

async function run({ rounds, server, say }: Running): Promise<Result[]> {
  const csl = cslFiles();
  const measured: Round[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      say(`round ${round + 1} of ${rounds}`);
      measured.push(await oneRound(server, csl));
    }
  } finally {
    rmSync(csl.folder, { recursive: true });
  }
  return resultsOf(measured, csl);
}

/** A fresh database each round, so that each first time is one. */
async function oneRound(server: Running['server'], csl: CslFiles): Promise<Round> {
  const { url, database, drop } = await server.freshDatabase();
  try {
    const take = (file: string, date: string) => answerOf<Imported>('./processes/import.js', url, file, date);
    const header = 'create table plain (' + Array.from({ length: 29 }, (_, index) => `c${index} text`).join(', ') + ')';
    await database.pool.query(header);
    const floor = await copyIn(url, 'copy plain from stdin (format csv, header)', csl.complete);
    await server.settle();
    const first = await take(csl.complete, '2022-05-06');
    const same = await take(csl.complete, '2022-05-07');
    const otherBytes = await take(csl.otherBytes, '2022-05-08');
    const oneChange = await take(csl.oneChange, '2022-05-09');
    check(first, (one) => one.outcome === 'baseline' && one.added > 0);
    check(same, (one) => one.outcome === 'unchanged');
    check(otherBytes, (one) => one.outcome === 'unchanged');
    const changes = oneChange.results.reduce((sum, one) => sum + one.added + one.removed + one.changed, 0);
    if (changes !== 1) throw new Error(`The edition with one change made ${changes} changes.`);
    return { first, same, otherBytes, oneChange, floor };
  } finally {
    await drop();
  }
}

/** A fast import that records something else is no import. */
function check({ results }: Imported, isRight: (one: Imported['results'][number]) => boolean): void {
  const wrong = results.find((one) => !isRight(one));
  if (wrong || results.length !== 13) throw new Error(`The import went wrong: ${JSON.stringify(wrong ?? results)}`);
}

function resultsOf(rounds: Round[], csl: CslFiles): Result[] {
  const of = (what: string, key: 'first' | 'same' | 'otherBytes' | 'oneChange', aimMs: number | null, note?: string): Result => {
    const times = rounds.map((round) => round[key].ms);
    const floors = rounds.map((round) => round.floor);
    const measured = spreadOf(times);
    return {
      what: `import of the complete CSL, ${what}`,
      measured,
      unit: 'ms',
      floor: { what: `COPY of the file into one plain table by ${copyProgram}`, measured: spreadOf(floors) },
      ratio: spreadByRound(times, floors, (one, other) => one / other),
      aim: aimMs === null ? '' : `< ${aimMs} ms`,
      met: aimMs === null ? null : measured.median < aimMs,
      ...(note ? { note } : {}),
    };
  };
  const which = csl.isReal ? "the publisher's edition of 2022-05-06" : 'a made-up edition of the size of that of 2022-05-06';
  const memory = spreadOf(rounds.map((round) => Math.max(round.first.rssMb, round.same.rssMb, round.oneChange.rssMb)));
  return [
    of('first time', 'first', 3000, `${which}, ${csl.rows} rows; from opening the file to views that are current, in a process just started (its start and connecting not counted)`),
    of('with one change', 'oneChange', 1500),
    of('unchanged', 'same', 700),
    of('other bytes that say the same', 'otherBytes', null),
    { what: 'memory of the process that imports it', measured: memory, unit: 'MB', aim: '< 400 MB', met: memory.max < 400, note: 'the greatest resident size of a process that imports one edition' },
  ];
}
