import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { addressCommand } from './commands/address.js';
import { compareCommand } from './commands/compare.js';
import { decideCommands } from './commands/decide.js';
import { eventsCommand } from './commands/events.js';
import { historyCommand } from './commands/history.js';
import { holdingsCommands } from './commands/holdings.js';
import { importCommand } from './commands/import.js';
import { listCommand } from './commands/list.js';
import { listedCommand } from './commands/listed.js';
import { keepCommands } from './commands/keep.js';
import { rebuildCommand } from './commands/rebuild.js';
import { rereadCommand } from './commands/reread.js';
import { serveCommand } from './commands/serve.js';
import { startCommand } from './commands/start.js';
import { verifyCommand } from './commands/verify.js';
import { loadDotEnv } from './config.js';
import { EXIT } from './output.js';

/** Runs one command of Listory. */
async function main(): Promise<void> {
  loadDotEnv();
  const program = new Command('listory')
    .description('Keeps the history of regulatory lists: who was listed on any date, as known at any instant.')
    .version('0.1.0')
    .showHelpAfterError('(see --help)')
    .exitOverride();
  startCommand(program);
  serveCommand(program);
  importCommand(program);
  holdingsCommands(program);
  listedCommand(program);
  listCommand(program);
  addressCommand(program);
  historyCommand(program);
  compareCommand(program);
  eventsCommand(program);
  decideCommands(program);
  keepCommands(program);
  rebuildCommand(program);
  rereadCommand(program);
  verifyCommand(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    if (!(error instanceof CommanderError)) process.stderr.write(`${describe(error)}\n`);
  }
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof CommanderError)) return EXIT.failed;
  return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.LISTORY_DEBUG ? (error.stack ?? error.message) : `error: ${error.message}`;
}

await main();
