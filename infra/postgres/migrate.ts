import pg from 'pg';
import type { DataSource } from 'typeorm';
import { withoutPassword } from './connect.js';
import { DatabaseTooNew } from './errors.js';
import { migrations } from './migrations/index.js';

/** 'mgrt' as a number. */
const MIGRATING = 0x6d677274;

/**
 * Runs the migrations that this database has not seen, all in one transaction, under an advisory lock:
 * of several processes that start at once one migrates and the others wait for it.
 * @throws {DatabaseTooNew} where a migration was run that this code does not know
 */
export async function migrate(dataSource: DataSource, url: string): Promise<void> {
  const where = withoutPassword(url);
  if (await isUpToDate(dataSource, where)) return;
  // Not from the pool, which may have one connection only.
  const keeper = new pg.Client({ connectionString: url, application_name: 'listory migrations' });
  keeper.on('error', () => {});
  await keeper.connect();
  try {
    await keeper.query('select pg_advisory_lock($1)', [MIGRATING]);
    if (!(await isUpToDate(dataSource, where))) await dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await keeper.end();
  }
}

async function isUpToDate(dataSource: DataSource, where: string): Promise<boolean> {
  const [table] = await dataSource.query(`select to_regclass('listory_migrations') is not null as there`);
  if (!table.there) return false;
  const rows: { name: string }[] = await dataSource.query('select name from listory_migrations');
  const known = new Set(migrations.map((migration) => new migration().name));
  const unknown = rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length) throw new DatabaseTooNew(where, unknown);
  return rows.length === known.size;
}
