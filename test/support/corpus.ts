import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from '@jest/globals';

/** Where real editions lie, if anywhere: beside the checkout, not in it. */
export const corpusFolder = resolve(process.cwd(), '../shared/data');

/** A path inside the corpus. */
export function corpus(...parts: string[]): string {
  return join(corpusFolder, ...parts);
}

/** The rows of a tab-separated file of the corpus, by the names in its first line. */
export function corpusTable(...parts: string[]): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(corpus(...parts), 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, index) => [names[index] ?? '', value])));
}

/** A `describe` for tests on real editions; where they are absent it says so, loudly, and skips. */
export function describeCorpus(title: string, tests: () => void): void {
  if (existsSync(corpusFolder)) return void describe(title, tests);
  console.warn(`SKIPPED: ${title}: the real editions are not at ${corpusFolder}.`);
  describe(title, () => {
    it.skip(`needs the real editions at ${corpusFolder}`, () => {});
  });
}
