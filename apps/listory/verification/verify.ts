import { PoisonEventError, verifyLog } from '@listory/event-log';
import { compareWithRebuild, standstills, views } from '@listory/views';
import type { Pool } from 'pg';
import { checkArchive } from './check-archive.js';
import { checkEditions } from './check-editions.js';
import { checkReplay } from './check-replay.js';
import type { Finding } from './finding.js';

/**
 * Checks the promises on one database, and gives the first difference of each that it does not keep. The later ones
 * rest on the log, the archive and the views: where these are damaged or stand still, they are not looked at.
 * @param samples states of knowledge and dates a list at which a plain replay is compared with the view
 */
export async function verify(db: Pool, samples: number, onProgress: (text: string) => void = () => {}): Promise<Finding[]> {
  const findings: Finding[] = [];
  const first = async (name: string, check: AsyncGenerator<Finding, void, void>) => {
    onProgress(`checking ${name} …`);
    const { value } = await check.next();
    if (value) findings.push(value);
    await check.return(undefined);
  };
  await first('log', checkLog(db));
  await first('archive', checkArchive(db));
  if (findings.length > 0) return findings;
  await first('views', checkViews(db));
  if ((await standstills(db)).length > 0) return findings;
  await first('editions', checkEditions(db, (done, of) => done % 10 === 0 && onProgress(`  ${done} of ${of} editions`)));
  await first('replay', checkReplay(db, samples));
  return findings;
}

async function* checkLog(db: Pool): AsyncGenerator<Finding, void, void> {
  for await (const difference of verifyLog(db)) yield { promise: 'log', difference: String(difference) };
}

async function* checkViews(db: Pool): AsyncGenerator<Finding, void, void> {
  for (const { detail } of await standstills(db)) yield { promise: 'views', difference: detail };
  for (const { name } of views) yield* checkView(db, name);
}

async function* checkView(db: Pool, name: string): AsyncGenerator<Finding, void, void> {
  try {
    for (const { table, kind, row } of await compareWithRebuild(db, name)) {
      const which = kind === 'extra' ? 'has a row that the log does not give' : 'lacks a row that the log gives';
      yield { promise: 'views', difference: `${table} ${which}: ${JSON.stringify(row).slice(0, 400)}` };
    }
  } catch (error) {
    if (!(error instanceof PoisonEventError)) throw error;
    const { position, cause } = error;
    yield { promise: 'views', difference: `${name} could not be rebuilt: the event at position ${position} cannot be read (${cause instanceof Error ? cause.message : String(cause)})` };
  }
}
