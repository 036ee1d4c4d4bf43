import { createInterface } from 'node:readline';
import { readEvents } from '@listory/event-log';
import { Database } from '@listory/postgres';
import pg from 'pg';
import { ImportEdition, ImportEditionHandler } from '../../../apps/collector/import-edition.js';
import { Projector } from '../../../apps/projector/projector.js';
import { inventedEdition } from '../../support/invented.js';

/**
 * A process to be killed: `at-work.ts URL NAME`. It says `ready` and is then told, line by line:
 * `import N`: goes on importing the invented history where the log ends, up to edition N (exclusive); says `begin`
 * and `end` of each, and `idle`. `project`: keeps the views in step with the log until SIGTERM; says `projecting`, `ended`.
 */
const [url, name] = process.argv.slice(2);
// As `openDatabase` has it, but for a shorter time that a frozen process may keep its locks.
const pool = new pg.Pool({ connectionString: url, application_name: name, options: '-c timezone=UTC -c idle_in_transaction_session_timeout=2s' });
pool.on('error', () => {});
pool.on('connect', (client) => client.on('error', () => {}));
const database = new Database(undefined as never, pool, url!, async () => {});
await pool.query('select 1');
console.log('ready');
for await (const line of createInterface(process.stdin)) {
  if (line === 'project') project();
  else await importUpTo(Number(line.split(' ')[1]));
}

async function importUpTo(end: number): Promise<void> {
  const handler = new ImportEditionHandler(database);
  for (let number = await nextNumber(); number < end; number++) {
    console.log(`begin ${number}`);
    const { source, documents, options } = inventedEdition(number);
    await handler.execute(new ImportEdition(source, documents, { limits: new Map(), today: '2030-01-01', ...options }));
    console.log(`end ${number}`);
  }
  console.log('idle');
}

/** The first edition of which the log knows no fetch. */
async function nextNumber(): Promise<number> {
  const fetches = await readEvents(pool, { after: 0n, type: 'fetch.checked' });
  return 1 + Math.max(-1, ...fetches.map((event) => Number(String(event.data.via).split(' ')[1])));
}

function project(): void {
  const projector = new Projector(database);
  projector.onApplicationBootstrap();
  process.once('SIGTERM', async () => {
    await projector.beforeApplicationShutdown();
    await pool.end();
    console.log('ended');
    process.exit();
  });
  console.log('projecting');
}
