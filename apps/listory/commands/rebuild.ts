import type { Command } from 'commander';
import { rebuildView, views } from '@listory/views';
import { readConfig } from '../config.js';
import { print } from '../output.js';
import { inSession } from '../session.js';

/** `rebuild [VIEW]`: makes views anew from the log, beside the live ones. */
export function rebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .summary('make views anew from the log')
    .description('Makes views anew from the log: beside the live ones, which go on answering, and swapped in one transaction.')
    .argument('[view]', `one of ${views.map((view) => view.name).join(', ')} (default: all)`)
    .action(async (name: string | undefined) => {
      await inSession(readConfig(), async ({ database }) => {
        for (const view of name === undefined ? views.map((one) => one.name) : [name]) {
          const onProgress = (position: bigint) => process.stderr.write(`  ${view}: position ${position}\n`);
          const position = await rebuildView(database.pool, view, onProgress);
          await print(`${view}: rebuilt from the log up to position ${position}`);
        }
      });
    });
}
