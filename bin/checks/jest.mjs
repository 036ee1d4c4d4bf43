import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runScript } from './step.mjs';

/** How long Jest may take to end after its last result; what is left open then is a fault of a test. */
const END_MS = 30_000;

/**
 * Runs Jest, whose own report goes to stderr as it comes.
 * @param {string} script Jest's command line in package.json
 * @param {string[]} args
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} tests; a file that cannot be run, and an end
 *   in disorder, is a failure too
 */
export async function runJest(script, args) {
  const folder = mkdtempSync(path.join(tmpdir(), 'listory-results-'));
  const report = path.join(folder, 'jest.json');
  let hung = false;
  let watch;
  try {
    const status = await runScript(script, ['--json', `--outputFile=${report}`, ...args], null, (child) => {
      watch = endInTime(report, () => {
        hung = true;
        process.stderr.write(
          `Jest did not end ${END_MS / 1000} s after its last test: a test leaves something open.\n`,
        );
        child.kill('SIGKILL');
      });
    });
    return countsOf(report, status !== 0, hung);
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}

function endInTime(report, tooLate) {
  let reported = null;
  return setInterval(() => {
    if (reported === null && existsSync(report)) reported = Date.now();
    if (reported !== null && Date.now() - reported > END_MS) tooLate();
  }, 1_000);
}

function countsOf(report, inDisorder, hung) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failed = numFailedTests + numRuntimeErrorTestSuites + (hung ? 1 : 0);
  return { passed: numPassedTests, failed: failed || (inDisorder ? 1 : 0), skipped: numPendingTests + numTodoTests };
}
