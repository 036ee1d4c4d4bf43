import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { root } from './root.mjs';
import { CommandFailed } from './run.mjs';

/**
 * Installs what is missing and builds what has changed; when nothing has to be done, a few milliseconds. Several
 * processes may do so at once: one works, the others wait for it.
 * @param {{ always?: boolean }} [how] always: build although nothing has changed
 * @throws CommandFailed
 */
export async function prepare({ always = false } = {}) {
  if (!always && isInstalled() && isBuilt()) return;
  await withLock(async () => {
    if (!isInstalled()) await install();
    if (always || !isBuilt()) await build();
  });
}

/** As `prepare`, but where it fails it says so and ends the process. */
export async function prepareOrExit(how) {
  try {
    await prepare(how);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/**
 * Runs one command of Listory in this process.
 * @param {string[]} args the command and its arguments
 */
export async function runListory(args) {
  await prepareOrExit();
  if (process.env.LISTORY_DEBUG) process.setSourceMapsEnabled(true);
  process.argv.splice(2, Infinity, ...args);
  await import(pathToFileURL(path.join(root, 'dist/apps/listory/main.js')).href);
}
