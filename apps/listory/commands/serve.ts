import { InvalidArgumentError, Option, type Command } from 'commander';
import { readConfig, type Config } from '../config.js';
import { print } from '../output.js';
import { serveUntilStopped } from '../serving.js';

interface Options {
  port?: number;
  host?: string;
}

/** `serve`: every service in one process. */
export function serveCommand(program: Command): void {
  withListening(
    program
      .command('serve')
      .summary('every service in one process')
      .description('Answers over HTTP until it is told to stop (Ctrl-C, SIGTERM).')
      .addHelpText('after', '\nExample:\n  listory serve --port 3000'),
  ).action((options: Options) => serveUntilStopped(listening(options), async (_session, url) => print(`Listory answers at ${url}`)));
}

/** Adds `--port` and `--host`. */
export function withListening(command: Command): Command {
  return command
    .addOption(new Option('--port <port>', 'port; 0 takes a free one (LISTORY_PORT)').argParser(portArgument))
    .option('--host <host>', 'address to listen on (LISTORY_HOST)');
}

function portArgument(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It has to be a port, 0 to 65535.');
  return Number(text);
}

/** The configuration with what the flags say. */
export function listening({ port, host }: Options): Config {
  const config = readConfig();
  return { ...config, port: port ?? config.port, host: host ?? config.host };
}
