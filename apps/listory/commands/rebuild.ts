import type { Command } from 'commander';
import { rebuildView, UnknownViewError, views } from '@listory/views';
import { readConfig } from '../config.js';
import { EXIT, print } from '../output.js';
import { inReadingSession } from '../session.js';

/** `rebuild [VIEW]`: makes views anew from the log, beside the live ones. */
export function rebuildCommand(program: Command): void {
  const names = views.map((view) => view.name);
  const command = program
    .command('rebuild')
    .summary('make views anew from the log')
    .description('Makes views anew from the log: beside the live ones, which go on answering, and swapped in one transaction.')
    .argument('[view]', `one of ${names.join(', ')} (default: all)`)
    .action(async (name: string | undefined) => {
      if (name !== undefined && !names.includes(name)) command.error(`error: ${new UnknownViewError(name, names).message}`, { exitCode: EXIT.wrongUse });
      await inReadingSession(readConfig(), async ({ database }) => {
        for (const view of name === undefined ? names : [name]) {
          const onProgress = (events: number) => process.stderr.write(`  ${view}: ${events} events\n`);
          const position = await rebuildView(database.pool, view, onProgress);
          await print(`${view}: rebuilt from the log up to position ${position}`);
        }
      });
    });
}
