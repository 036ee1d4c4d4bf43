import { Command, CommanderError } from 'commander';
import { addressCommand } from './commands/address.js';
import { compareCommand } from './commands/compare.js';
import { decideCommands } from './commands/decide.js';
import { doctorCommand } from './commands/doctor.js';
import { eventsCommand } from './commands/events.js';
import { historyCommand } from './commands/history.js';
import { holdingsCommands } from './commands/holdings.js';
import { importCommand } from './commands/import.js';
import { keepCommands } from './commands/keep.js';
import { listCommand } from './commands/list.js';
import { listedCommand } from './commands/listed.js';
import { migrateCommand } from './commands/migrate.js';
import { rebuildCommand } from './commands/rebuild.js';
import { rereadCommand } from './commands/reread.js';
import { serveCommand } from './commands/serve.js';
import { startCommand } from './commands/start.js';
import { topicsCommand } from './commands/topics.js';
import { verifyCommand } from './commands/verify.js';
import { exitStatusOf } from './exit-status.js';

/** Every command, in the order of the help. */
const COMMANDS = [
  startCommand, serveCommand, importCommand, holdingsCommands, listedCommand, listCommand, addressCommand, historyCommand,
  compareCommand, eventsCommand, decideCommands, keepCommands, rebuildCommand, rereadCommand, verifyCommand,
  migrateCommand, topicsCommand, doctorCommand,
];

/**
 * Runs one command of Listory; what goes wrong is told on stderr.
 * @param args the command and its arguments
 * @returns the exit status; undefined where the command has set it itself
 */
export async function runCommandLine(args: readonly string[]): Promise<number | undefined> {
  const program = new Command('listory')
    .description('Keeps the history of regulatory lists: who was listed on any date, as known at any instant.')
    .version('0.1.0')
    .showHelpAfterError('(see --help)')
    .exitOverride();
  for (const add of COMMANDS) add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) process.stderr.write(`${describe(error)}\n`);
    return exitStatusOf(error);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.LISTORY_DEBUG ? (error.stack ?? error.message) : `error: ${error.message}`;
}
