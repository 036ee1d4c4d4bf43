import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headPosition } from '@listory/event-log';
import { openEdition } from '@listory/sources';
import { ImportEdition, type ImportResult } from '../../collector/import-edition.js';
import type { Session } from '../session.js';

interface SampleEdition {
  list: string;
  path: string;
  date: string;
}

/**
 * Loads the sample history into a database in which nothing was recorded yet; into any other it loads nothing.
 * @param progress told of each edition
 */
export async function loadSampleHistory({ database, commands, config }: Session, progress: (text: string) => void): Promise<void> {
  if ((await headPosition(database.pool)) > 0n) return;
  const folder = join(packageRoot(), 'infra', 'sample');
  const { editions } = JSON.parse(await readFile(join(folder, 'history.json'), 'utf8')) as { editions: SampleEdition[] };
  for (const [index, { list, path, date }] of editions.entries()) {
    const documents = await openEdition(join(folder, path));
    const today = new Date().toISOString().slice(0, 10);
    const command = new ImportEdition(list, documents, { via: `sample:${path}`, date, limits: config.holdLimits, today });
    const results: ImportResult[] = await commands.execute(command);
    const said = results.map((one) => `${one.outcome}, +${one.added} -${one.removed} ~${one.changed}`).join('; ');
    progress(`  ${String(index + 1).padStart(2)}/${editions.length} ${list.padEnd(11)} ${date}  ${said}`);
  }
}

/** The folder of package.json, from the sources as from the build. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
