import type { Command } from 'commander';
import { openDatabase } from '@listory/postgres';
import { prepareViews } from '@listory/views';
import { readConfig } from '../config.js';
import { wrong, type Diagnosis } from '../doctor/diagnosis.js';
import { lookAtDatabase, lookAtDisk, lookAtFetching, lookAtFollowers, lookAtLeases } from '../doctor/look-at-database.js';
import { lookAtKafka } from '../doctor/look-at-kafka.js';
import { EXIT, jsonLine, print } from '../output.js';
import { beside } from '../text/layout.js';

/** `doctor`: looks at everything that Listory stands on, and says what is wrong and what to do. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('look what is wrong, and say what to do')
    .description('Looks at database, clock, disk, followers, leases, fetching and Kafka, and says what is wrong and what to do.\nExit status 1: something is wrong.')
    .option('--json', 'one JSON document a line')
    .action(async ({ json }: { json?: boolean }) => {
      const found = await examine();
      for (const one of found) await print(json ? jsonLine(one) : inWords(one));
      process.exitCode = found.some(({ state }) => state === 'wrong') ? EXIT.failed : EXIT.done;
    });
}

async function examine(): Promise<Diagnosis[]> {
  const { databaseUrl, dataFolder } = readConfig();
  let database;
  try {
    database = await openDatabase({ url: databaseUrl, dataFolder, applicationName: 'listory doctor' });
  } catch (error) {
    return [wrong('database', error instanceof Error ? error.message : String(error), 'Nothing else can be looked at before.')];
  }
  try {
    const { pool } = database;
    await prepareViews(pool);
    const looks = [lookAtDatabase(pool), lookAtFollowers(pool), lookAtLeases(pool), lookAtFetching(pool), lookAtKafka(pool), ...(databaseUrl ? [] : [lookAtDisk(dataFolder)])];
    return (await Promise.all(looks)).flat();
  } finally {
    await database.close();
  }
}

const MARKS = { ok: 'ok   ', watch: 'watch', wrong: 'WRONG' };

function inWords({ about, state, found, advice }: Diagnosis): string {
  return beside(MARKS[state], `${about}: ${found}${advice ? `${/[.!?]$/.test(found) ? '' : '.'} ${advice}` : ''}`, 0);
}
