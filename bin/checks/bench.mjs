import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareOrExit } from '../prepare/index.mjs';
import { withLock } from '../prepare/lock.mjs';
import { nestBuild } from '../prepare/nest.mjs';
import { root } from '../prepare/root.mjs';
import { workFolder } from '../prepare/work-folder.mjs';

/**
 * Compiles the product together with test/bench into a folder of their own, and runs test/bench/main.ts.
 * @param {string[]} args for it
 */
export async function runBench(args) {
  if (!existsSync(path.join(root, 'test/bench/main.ts'))) {
    process.stderr.write('There are no benchmarks: test/bench/main.ts is missing.\n');
    process.exit(1);
  }
  await prepareOrExit();
  const outDir = path.join(workFolder(), 'bench');
  await withLock(() => nestBuild(outDir, { withTestFolder: true }));
  process.argv.splice(2, Infinity, ...args);
  await import(pathToFileURL(path.join(outDir, 'test/bench/main.js')).href);
}
