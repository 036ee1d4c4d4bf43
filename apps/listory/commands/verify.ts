import type { Command } from 'commander';
import { verifyLog } from '@listory/event-log';
import { compareWithRebuild, views } from '@listory/views';
import type { Pool } from 'pg';
import { readConfig } from '../config.js';
import { EXIT, jsonLine, print } from '../output.js';
import { inSession } from '../session.js';
import { checkArchive } from '../verification/check-archive.js';
import { checkEditions } from '../verification/check-editions.js';
import { checkReplay } from '../verification/check-replay.js';
import type { Finding } from '../verification/finding.js';

/** `verify`: checks the promises on this database. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('check the promises on this database')
    .description(
      'Checks the promises on this database: the log has no gap and no altered event, every archived document has its bytes,\n' +
        'every edition equals the view of its date, each view equals a rebuild, and a plain replay equals the views at\n' +
        'random dates and states of knowledge. Prints the first difference of each promise; exit status 1 if there is one.',
    )
    .option('--samples <n>', 'random states of knowledge and dates a list', '5')
    .option('--json', 'one JSON document')
    .action(async ({ samples, json }: { samples: string; json?: boolean }) => {
      process.exitCode = await inSession(readConfig(), async ({ database }) => {
        const findings = await verify(database.pool, Number(samples));
        if (json) await print(jsonLine({ ok: findings.length === 0, findings }));
        else for (const { promise, difference } of findings) await print(`${promise}: ${difference}`);
        if (!json && findings.length === 0) await print('Every promise holds.');
        return findings.length === 0 ? EXIT.done : EXIT.failed;
      });
    });
}

async function verify(db: Pool, samples: number): Promise<Finding[]> {
  const progress = (text: string) => process.stderr.write(`${text}\n`);
  const findings: Finding[] = [];
  const first = async (name: string, check: AsyncGenerator<Finding>) => {
    progress(`checking ${name} …`);
    const { value } = await check.next();
    if (value) findings.push(value as Finding);
    await check.return(undefined);
  };
  await first('log', checkLog(db));
  await first('archive', checkArchive(db));
  if (findings.length > 0) return findings;
  await first('views', checkViews(db));
  await first('editions', checkEditions(db, (done, of) => done % 10 === 0 && progress(`  ${done} of ${of} editions`)));
  await first('replay', checkReplay(db, samples));
  return findings;
}

async function* checkLog(db: Pool): AsyncGenerator<Finding> {
  for await (const difference of verifyLog(db)) yield { promise: 'log', difference: String(difference) };
}

async function* checkViews(db: Pool): AsyncGenerator<Finding> {
  for (const { name } of views) {
    for (const { table, kind, row } of await compareWithRebuild(db, name)) {
      const which = kind === 'extra' ? 'has a row that the log does not give' : 'lacks a row that the log gives';
      yield { promise: 'views', difference: `${table} ${which}: ${JSON.stringify(row).slice(0, 400)}` };
    }
  }
}
