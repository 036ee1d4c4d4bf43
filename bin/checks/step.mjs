import path from 'node:path';
import { root } from '../prepare/root.mjs';
import { run } from '../prepare/run.mjs';

/**
 * Runs one check and prints its name and time, and what it said where it fails.
 * @param {string} name
 * @param {string | (() => Promise<number>)} check a command line of package.json, or what gives an exit status
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function runStep(name, check) {
  const started = performance.now();
  const said = [];
  const status = typeof check === 'string' ? await runScript(check, [], said) : await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.padStart(5)} s\n`);
  if (status !== 0) process.stdout.write(Buffer.concat(said));
  return status === 0;
}

/**
 * Runs a command line of package.json as npm does, without npm's half second.
 * @param {string} script
 * @param {string[]} args added to it
 * @param {Buffer[] | null} said takes its output; null: it goes to stderr as it comes
 */
export function runScript(script, args, said, onStart) {
  const bin = path.join(root, 'node_modules/.bin');
  return run('sh', ['-c', `exec ${script} "$@"`, 'sh', ...args], {
    stdio: said ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'ignore', 2],
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    onStart: (child) => {
      for (const stream of said ? [child.stdout, child.stderr] : []) stream.on('data', (chunk) => said.push(chunk));
      onStart?.(child);
    },
  });
}
