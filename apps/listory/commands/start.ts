import type { Command } from 'commander';
import { loadSampleHistory } from '../first-run/sample-history.js';
import { threeQuestions } from '../first-run/three-questions.js';
import { print } from '../output.js';
import { serveUntilStopped } from '../serving.js';
import { listening, withListening } from './serve.js';

/** `start` (npm start): the first run. Serves, after loading the sample history into an empty database. */
export function startCommand(program: Command): void {
  withListening(
    program
      .command('start')
      .summary('serve, with the sample history in an empty database')
      .description('Loads the sample history if nothing was recorded yet, answers three questions from it, and serves.'),
  ).action(async (options: { port?: number; host?: string }) => {
    const progress = (text: string) => process.stderr.write(`${text}\n`);
    const config = listening(options);
    progress(config.databaseUrl ? 'Opening the database …' : `Starting PostgreSQL in ${config.dataFolder} …`);
    await serveUntilStopped(
      config,
      async (session, url) => {
        await print(`\nListory answers at ${url}\n\n${await threeQuestions(session, url)}\n\nCtrl-C stops it.`);
      },
      (session) => loadSampleHistory(session, progress),
    );
  });
}
