import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepare } from '../prepare/index.mjs';
import { root } from '../prepare/root.mjs';
import { CommandFailed } from '../prepare/run.mjs';
import { runJest } from './jest.mjs';
import { runStep } from './step.mjs';

/** The scripts of package.json that have to succeed before the tests run, in this order; one that is not there is left out. */
const CHECKS = {
  typecheck: 'types',
  lint: 'lint',
  boundaries: 'boundaries',
  unused: 'unused code',
  formatted: 'format',
};

/**
 * Runs the checks and then Jest; stops at the first check that fails. The last line on stdout counts the tests, and a
 * failed check as one failure.
 * @param {string[]} jestArgs
 */
export async function runChecks(jestArgs) {
  // On exit, so that it is the last line and comes whatever happens.
  let counts = { passed: 0, failed: 1, skipped: 0 };
  process.once('exit', (status) => {
    if (status !== 0 && counts.failed === 0) counts.failed = 1;
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  });
  process.exitCode = 1;
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  if (!(await runStep('build', buildOrSay))) return;
  for (const [script, name] of Object.entries(CHECKS)) {
    if (scripts[script] && !(await runStep(name, scripts[script]))) return;
  }
  counts = await runJest(scripts.jest, jestArgs);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

async function buildOrSay() {
  try {
    await prepare();
    return 0;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    process.stdout.write(`${error.message}\n`);
    return 1;
  }
}
