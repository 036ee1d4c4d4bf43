import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDocument, type ArchivedDocument } from '@listory/archive';
import { toCloudEvent } from '@listory/contracts';
import { streamEvents } from '@listory/event-log';
import type { Pool } from 'pg';
import { jsonLine } from '../output.js';

/** What an export wrote. */
export interface Exported {
  events: number;
  documents: number;
}

/**
 * Writes everything out in open forms: `events.ndjson` (CloudEvents) and `editions/<list>/<date> <sha256>/<file>`
 * (the publishers' bytes). The folder must not exist.
 */
export async function exportAll(pool: Pool, folder: string): Promise<Exported> {
  await mkdir(folder);
  const events = await exportEvents(pool, join(folder, 'events.ndjson'));
  const { rows } = await pool.query<{ list: string; moment: string; sha256: string; documents: ArchivedDocument[] }>(
    `select distinct on (list, moment) list, moment, sha256, documents from editions.editions
      order by list, moment, recorded_position desc`,
  );
  let documents = 0;
  for (const { list, moment, sha256, documents: parts } of rows) {
    const place = join(folder, 'editions', list, `${moment.replaceAll(':', '')} ${sha256.slice(0, 12)}`);
    await mkdir(place, { recursive: true });
    for (const part of parts) {
      await writeFile(join(place, part.name.replaceAll(/[/\\]/g, '_')), await readDocument(pool, part.sha256));
      documents++;
    }
  }
  return { events, documents };
}

async function exportEvents(pool: Pool, file: string): Promise<number> {
  const out: WriteStream = createWriteStream(file);
  let count = 0;
  for await (const batch of streamEvents(pool, { after: 0n })) {
    count += batch.length;
    if (!out.write(batch.map((event) => `${jsonLine(toCloudEvent(event))}\n`).join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return count;
}
