import type { Command } from 'commander';
import { grantReading, openDatabase } from '@listory/postgres';
import { prepareViews } from '@listory/views';
import { readConfig } from '../config.js';
import { interruptible } from '../interruption.js';
import { print } from '../output.js';

/** `migrate`: brings tables and views up to date, before the services of a new version start. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .summary('bring tables and views up to date')
    .description('Brings tables and views up to date with this version, as every service does at its start; views of an older version are rebuilt, while they go on answering.')
    .option('--reader <role>', 'let this role of PostgreSQL read everything and write nothing: for the API')
    .addHelpText('after', '\nExample:\n  listory migrate --reader listory_api')
    .action(async ({ reader }: { reader?: string }) => {
      const config = readConfig();
      await interruptible(async () => {
        const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder, applicationName: 'listory migrate' });
        try {
          await prepareViews(database.pool);
          await print('Tables and views are up to date.');
          if (reader === undefined) return;
          await grantReading(database.pool, reader);
          await print(`${reader} may read everything and write nothing.`);
        } finally {
          await database.close();
        }
      });
    });
}
