import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nestBuild } from './nest.mjs';
import { root } from './root.mjs';
import { workFolder } from './work-folder.mjs';

const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.built-from');
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json', '.swcrc'];
const FOLDERS = ['apps', 'libs', 'infra'];
const NOT_BUILT = /^(testdata|sample|node_modules)$|\.test\.ts$|\.md$/;

/** Whether dist was built from the sources as they are now; without sources (a container) it is what it is. */
export function isBuilt() {
  if (!existsSync(stampFile)) return !existsSync(path.join(root, 'apps')) && existsSync(dist);
  if (!existsSync(path.join(root, 'apps'))) return true;
  return readFileSync(stampFile, 'utf8') === stampOfSources();
}

/**
 * A hash over what is built, by content: of modification times a copy or a checkout makes new ones. Some 200 files
 * take 7 ms.
 */
function stampOfSources() {
  const hash = createHash('sha1');
  const add = (file) => hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  const addFolder = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true }).sort(byName)) {
      if (NOT_BUILT.test(entry.name)) continue;
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) addFolder(file);
      else if (entry.isFile()) add(file);
    }
  };
  SETTINGS.filter((file) => existsSync(path.join(root, file))).forEach(add);
  FOLDERS.filter((folder) => existsSync(path.join(root, folder))).forEach(addFolder);
  return hash.digest('hex');
}

function byName(one, other) {
  return one.name < other.name ? -1 : 1;
}

/**
 * Builds beside dist and takes its place only when all of it is there: never is a half build used, and a process that
 * has loaded the old one does not notice.
 * @throws CommandFailed
 */
export async function build() {
  const stamp = stampOfSources();
  // On the same level as dist, so that the source maps hold after the move.
  const draft = path.join(root, `.build-${process.pid}`);
  removeRemains();
  process.stderr.write('Building …\n');
  try {
    await nestBuild(draft);
    writeFileSync(path.join(draft, '.built-from'), stamp);
    takePlace(draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function takePlace(draft) {
  const old = `${draft}-old`;
  for (;;) {
    try {
      if (existsSync(dist)) renameSync(dist, old);
      renameSync(draft, dist);
      break;
    } catch (error) {
      // Another build came between the two steps: its dist has to go as well.
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code) || !existsSync(draft)) throw error;
    }
    rmSync(old, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}

/** What builds that were killed have left; we hold the lock, so nobody is at work on it. */
function removeRemains() {
  const remains = { [root]: /^\.build-\d+(-old)?$/, [workFolder()]: /-\d+\.json$/ };
  for (const [folder, pattern] of Object.entries(remains)) {
    for (const name of readdirSync(folder)) {
      if (pattern.test(name)) rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  }
}
