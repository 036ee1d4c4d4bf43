import type { Command } from 'commander';
import { eventVersions, storedTypeOf } from '@listory/contracts';
import { requireListOrCompilation } from '../../api/asking/known-lists.js';
import { followEvents } from '../../api/events/follow-events.js';
import { readConfig } from '../config.js';
import { EXIT, print } from '../output.js';
import { checkUse, countArgument } from '../questions.js';
import { inReadingSession } from '../session.js';

interface Options {
  after: number;
  limit?: number;
  list?: string;
  type?: string;
  follow?: boolean;
}

/** `events`: the log as CloudEvents, one a line. */
export function eventsCommand(program: Command): void {
  const command = program
    .command('events')
    .summary('the log as CloudEvents, one a line')
    .description('Prints recorded events as CloudEvents 1.0 (NDJSON), in the order of the log. `sequence` of the last one is where to go on.')
    .option('--after <position>', 'only later events', countArgument, 0)
    .option('--limit <n>', 'at most so many', countArgument)
    .option('--list <list>', 'only of this list')
    .option('--type <type>', 'only of this type, such as listing.added')
    .option('--follow', 'go on for ever')
    .option('--json', 'as without it: this command always prints JSON')
    .addHelpText('after', '\nExample:\n  listory events --after 12345 --type listing.added --follow')
    .action(async (options: Options) => {
      const { list, type } = options;
      if (list !== undefined) checkUse(command, () => requireListOrCompilation(list));
      if (type !== undefined && !Object.hasOwn(eventVersions, storedTypeOf(type))) {
        command.error(`error: there is no event type '${type}'. Types: ${Object.keys(eventVersions).join(', ')}.`, { exitCode: EXIT.wrongUse });
      }
      await printEvents(options);
    });
}

async function printEvents({ after, limit = Infinity, list, type, follow }: Options): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  // Whoever reads this has enough: `listory events | head`.
  process.stdout.once('error', () => stop.abort());
  const filter = { after, ...(list ? { list } : {}), ...(type ? { type } : {}) };
  await inReadingSession(readConfig(), async ({ queries, database }) => {
    let left = limit;
    for await (const { events, next, head } of followEvents(queries, database.pool, filter, stop.signal, follow ? Infinity : 0)) {
      const shown = events.slice(0, left);
      if (shown.length) await print(shown.map((event) => JSON.stringify(event)).join('\n')).catch(() => stop.abort());
      left -= shown.length;
      if (left <= 0 || (!follow && next >= head)) break;
    }
  });
}
