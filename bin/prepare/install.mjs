import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { CommandFailed, run } from './run.mjs';

const wanted = path.join(root, 'package-lock.json');

/** npm writes it last, so an installation that was broken off has none. */
const installed = path.join(root, 'node_modules/.package-lock.json');

/** Whether node_modules holds what package-lock.json names. */
export function isInstalled() {
  if (!existsSync(installed)) return false;
  if (!existsSync(wanted) || statSync(wanted).mtimeMs <= statSync(installed).mtimeMs) return true;
  return holds(packagesOf(installed), packagesOf(wanted));
}

/** A checkout renews times without changing a version, and an installation may rightly lack what is optional or for development. */
function holds(here, needed) {
  const withDevelopment = Object.values(here).some((one) => one.dev);
  return Object.entries(needed).every(([name, { version, link, optional, devOptional, dev }]) => {
    if (name === '' || link) return true;
    const found = here[name];
    return found ? found.version === version : Boolean(optional || devOptional || (dev && !withDevelopment));
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @throws CommandFailed */
export async function install() {
  process.stderr.write('Installing the packages of package-lock.json (npm ci) …\n');
  const started = Date.now();
  // npm's own program, where npm started us; with the packages that building needs, whatever NODE_ENV says.
  const npm = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [command, ...args] = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = await run(command, args);
  if (status !== 0) throw new CommandFailed('npm ci', `exit status ${status}`);
  process.stderr.write(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.\n`);
}
