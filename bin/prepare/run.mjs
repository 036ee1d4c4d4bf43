import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** A program that was needed did not do its work; it has said why. */
export class CommandFailed extends Error {
  constructor(command, how) {
    super(`${command} failed (${how}).`);
    this.name = 'CommandFailed';
  }
}

/**
 * Runs a program in the project's folder and waits for its end. It reads nothing. Signals that end us end it too.
 * @param {string} command
 * @param {string[]} args
 * @param {{ stdio?: import('node:child_process').StdioOptions, env?: NodeJS.ProcessEnv, onStart?: (child: import('node:child_process').ChildProcess) => void }} [options]
 *   stdio: by default everything goes to stderr, as stdout belongs to the command that is being prepared
 * @returns {Promise<number>} its exit status; 128 and more: it was killed, or it could not be started
 */
export function run(command, args, { stdio = ['ignore', 2, 2], env = process.env, onStart } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio, env });
    const endToo = (signal) => {
      child.kill(signal);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    const done = (status) => {
      process.off('SIGINT', endToo).off('SIGTERM', endToo).off('SIGHUP', endToo);
      resolve(status);
    };
    process.on('SIGINT', endToo).on('SIGTERM', endToo).on('SIGHUP', endToo);
    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      done(128);
    });
    child.once('close', (status) => done(status ?? 129));
    onStart?.(child);
  });
}
