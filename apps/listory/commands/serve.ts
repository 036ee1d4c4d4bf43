import { Option, type Command } from 'commander';
import { openDatabase } from '@listory/postgres';
import { catchUpViews, prepareViews } from '@listory/views';
import { ApiModule } from '../../api/api.module.js';
import { createApi } from '../../api/create-api.js';
import { CollectorModule } from '../../collector/collector.module.js';
import { readConfig } from '../config.js';
import { countArgument } from '../questions.js';
import { print } from '../output.js';

/** `serve`: every service in one process. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .summary('every service in one process')
    .description('Answers over HTTP until it is told to stop (Ctrl-C, SIGTERM).')
    .addOption(new Option('--port <port>', 'port; 0 takes a free one (LISTORY_PORT)').argParser(countArgument))
    .option('--host <host>', 'address to listen on (LISTORY_HOST)')
    .addHelpText('after', '\nExample:\n  listory serve --port 3000')
    .action((options: { port?: number; host?: string }) => serve(options));
}

async function serve(options: { port?: number; host?: string }): Promise<void> {
  const config = readConfig();
  const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
  try {
    await prepareViews(database.pool);
    await catchUpViews(database.pool);
    const app = await createApi(database, [CollectorModule, ApiModule]);
    try {
      await app.listen(options.port ?? config.port, options.host ?? config.host);
      await print(`Listory answers at ${await app.getUrl()}`);
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      });
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}
