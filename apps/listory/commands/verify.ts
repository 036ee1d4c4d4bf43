import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { EXIT, jsonLine, print } from '../output.js';
import { countArgument } from '../questions.js';
import { inReadingSession } from '../session.js';
import { verify } from '../verification/verify.js';

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
    .option('--samples <n>', 'random states of knowledge and dates a list', countArgument, 5)
    .option('--json', 'one JSON document')
    .action(async ({ samples, json }: { samples: number; json?: boolean }) => {
      process.exitCode = await inReadingSession(readConfig(), async ({ database }) => {
        const progress = (text: string) => process.stderr.write(`${text}\n`);
        const findings = await verify(database.pool, samples, progress);
        if (json) await print(jsonLine({ ok: findings.length === 0, findings }));
        else for (const { promise, difference } of findings) await print(`${promise}: ${difference}`);
        if (!json && findings.length === 0) await print('Every promise holds.');
        return findings.length === 0 ? EXIT.done : EXIT.failed;
      });
    });
}
