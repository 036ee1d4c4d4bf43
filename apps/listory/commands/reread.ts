import type { Command } from 'commander';
import { RereadList, type RereadEdition } from '../../collector/reread-list.js';
import { readConfig } from '../config.js';
import { print, table } from '../output.js';
import { inSession } from '../session.js';

/** `reread LIST`: reads archived editions again, after an upgrade that reads them better. */
export function rereadCommand(program: Command): void {
  program
    .command('reread')
    .summary('read the archived editions of a list again')
    .description(
      'Reads the archived editions of a list again, after an upgrade that reads them better. Where the same bytes now read\n' +
        'otherwise, the difference is recorded with cause `parser`.',
    )
    .argument('<list>', 'such as un-sc')
    .action(async (list: string) => {
      await inSession(readConfig(), async ({ commands }) => {
        const progress = ({ date, events }: RereadEdition) => process.stderr.write(`  ${date}: ${events} events\n`);
        const editions: RereadEdition[] = await commands.execute(new RereadList(list, progress));
        const rows = editions.map((one) => [one.date, one.sha256.slice(0, 12), one.added, one.removed, one.changed, one.events]);
        await print(table(['date', 'sha256', 'added', 'removed', 'changed', 'events'], rows));
      });
    });
}
