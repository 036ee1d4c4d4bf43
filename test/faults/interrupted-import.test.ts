import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { headPosition } from '@listory/event-log';
import { openDatabase } from '@listory/postgres';
import { Child, endChildren } from '../support/child.js';
import { Collector } from '../support/collector.js';
import { documentsOf } from '../support/invented.js';
import { Seeded } from '../support/seed.js';
import { postgresOf } from '../e2e/installation.js';

const LISTORY = fileURLToPath(new URL('../../apps/listory/main.ts', import.meta.url));
const DATE = '2020-01-01';
/** Sessions of other processes and connections on the same database. */
const OTHERS = 'pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';

/** One edition as files, and how many events it makes. */
const folder = mkdtempSync(path.join(tmpdir(), 'listory-interrupted-'));
const edition = path.join(folder, DATE);
const documents = documentsOf('us-ofac-sdn', 0, 2_000);
let complete: bigint;
beforeAll(async () => {
  mkdirSync(edition);
  for (const { name, bytes } of documents) writeFileSync(path.join(edition, name), bytes);
  const undisturbed = await Collector.fresh();
  complete = (await undisturbed.importOne('us-ofac-sdn', documents, { date: DATE })).position;
  await undisturbed.drop();
});
afterAll(() => rmSync(folder, { recursive: true }));

let collector: Collector;
beforeEach(async () => {
  collector = await Collector.fresh();
});
afterEach(async () => {
  await endChildren();
  await collector.drop();
});

function startImport(env: NodeJS.ProcessEnv): Child {
  return new Child(LISTORY, ['import', 'us-ofac-sdn', edition, '--json'], { env });
}

/** Waits until the database is in this state; the import may be faster than we look. */
async function until(child: Child, query: string): Promise<void> {
  while (child.isRunning && (await collector.pool.query(query)).rows.length === 0) await sleep(1);
}

describe('SIGTERM amid an import', () => {
  it.each([
    ['when the bytes are archived', 'select from archive.documents limit 1'],
    ['while the events are appended', `select from ${OTHERS} and state = 'active' and query like '%from log.append(%'`],
    ['when they are appended', 'select from log.events limit 1'],
    ['while they are projected', `select from ${OTHERS} and query like 'copy listings.%'`],
  ])('%s: all of the edition is recorded or nothing, and nobody stays connected', async (_when, query) => {
    const child = startImport({ LISTORY_DATABASE_URL: collector.url });
    await until(child, query);
    child.signal('SIGTERM');
    expect([0, 143]).toContain(await child.end());
    expect(child.errors).toMatch(/^$|^error: ended by SIGTERM .*\n$/);
    // What the server still does for a process that has gone.
    while ((await collector.pool.query(`select from ${OTHERS} and state <> 'idle'`)).rows.length > 0) await sleep(5);

    const head = await headPosition(collector.pool);
    expect([0n, complete]).toContain(head);
    if (head === 0n) await collector.importOne('us-ofac-sdn', documents, { date: DATE });
    expect(await headPosition(collector.pool)).toBe(complete);
    expect((await collector.importOne('us-ofac-sdn', documents, { date: DATE })).outcome).toBe('duplicate');
    expect(await collector.verify()).toEqual([]);
  });

  it('on the embedded server, stops that server too', async () => {
    const dataFolder = path.join(folder, 'data');
    await (await openDatabase({ dataFolder })).close();
    const child = startImport({ LISTORY_DATABASE_URL: '', LISTORY_DATA: dataFolder });
    while (child.isRunning && postgresOf(dataFolder) === null) await sleep(5);
    await sleep(new Seeded('moment of SIGINT').below(1_500));
    child.signal('SIGINT');
    // By the signal itself, where all was done and closed.
    expect([0, 130, 'SIGINT']).toContain(await child.end());
    expect(postgresOf(dataFolder)).toBeNull();
    const database = await openDatabase({ dataFolder });
    expect([0n, complete]).toContain(await headPosition(database.pool));
    await database.close();
  });
});
