import type { Command } from 'commander';
import { catchUpAsFarAsReadable } from '@listory/views';
import { backup, restore } from '../backup/backup.js';
import { exportAll } from '../backup/export.js';
import { readConfig } from '../config.js';
import { print } from '../output.js';
import { inReadingSession } from '../session.js';

/** `export`, `backup`, `restore`: everything out, everything back. */
export function keepCommands(program: Command): void {
  program
    .command('export')
    .summary('write everything out in open forms')
    .description("Writes everything out: events.ndjson (CloudEvents) and the publishers' files of every edition.")
    .argument('<folder>', 'a folder that does not exist yet')
    .action(async (folder: string) => {
      await inReadingSession(readConfig(), async ({ database }) => {
        const { events, documents } = await exportAll(database.pool, folder);
        await print(`${folder}: ${events} events, ${documents} files of editions`);
      });
    });
  program
    .command('backup')
    .summary('write log and archive into one file')
    .description('Writes the log and the archive, as of one moment, into one packed file. Imports and answers go on.')
    .argument('<file>', 'such as listory-2026-11-23.backup')
    .action(async (file: string) => {
      await inReadingSession(readConfig(), async ({ database }) => {
        await print(`${file}: everything up to position ${await backup(database.pool, file)}`);
      });
    });
  program
    .command('restore')
    .summary('bring a backup into an empty database')
    .description('Brings a backup into an empty database, whole or not at all, checks it and makes the views anew.')
    .argument('<file>', 'a file that backup wrote')
    .action(async (file: string) => {
      await inReadingSession(readConfig(), async ({ database }) => {
        const head = await restore(database.pool, file);
        const stopped = await catchUpAsFarAsReadable(database.pool);
        await print(`${file}: restored up to position ${head}`);
        for (const error of stopped) process.stderr.write(`${error.message}\n`);
      });
    });
}
