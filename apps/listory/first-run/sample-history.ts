import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headPosition } from '@listory/event-log';
import type { Pool } from 'pg';
import { openEdition } from '@listory/sources';
import { fetchesOfList, listSummaries } from '@listory/views';
import { ImportEdition, type ImportResult } from '../../collector/import-edition.js';
import type { Session } from '../session.js';

interface SampleEdition {
  list: string;
  path: string;
  date: string;
}

/**
 * Loads the sample history into a database in which nothing was recorded yet, or the rest of it where loading was
 * broken off; into any other it loads nothing.
 * @param progress told of each edition
 */
export async function loadSampleHistory({ database, commands, config }: Session, progress: (text: string) => void): Promise<void> {
  const folder = join(packageRoot(), 'infra', 'sample');
  const { editions } = JSON.parse(await readFile(join(folder, 'history.json'), 'utf8')) as { editions: SampleEdition[] };
  const loaded = await sampleEditionsIn(database.pool, editions.length);
  if (loaded === null) return;
  for (const [index, { list, path, date }] of editions.entries()) {
    if (loaded.has(`sample:${path}`)) continue;
    const documents = await openEdition(join(folder, path));
    const today = new Date().toISOString().slice(0, 10);
    const command = new ImportEdition(list, documents, { via: `sample:${path}`, date, limits: config.holdLimits, today });
    const results: ImportResult[] = await commands.execute(command);
    const said = results.map((one) => `${one.outcome}, +${one.added} -${one.removed} ~${one.changed}`).join('; ');
    progress(`  ${String(index + 1).padStart(2)}/${editions.length} ${list.padEnd(11)} ${date}  ${said}`);
  }
}

/**
 * Where the sample editions that the database holds came from; null where it was ever given anything else.
 * @param most how many editions the sample has
 */
async function sampleEditionsIn(pool: Pool, most: number): Promise<Set<string> | null> {
  const head = await headPosition(pool);
  const loaded = new Set<string>();
  for (const { list } of await listSummaries(pool, '9999-12-31', head, [])) {
    for (const { via } of await fetchesOfList(pool, [list], head, null, most + 1)) {
      if (!via.startsWith('sample:')) return null;
      loaded.add(via);
    }
  }
  return loaded;
}

/** The folder of package.json, from the sources as from the build. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
