import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { dropDatabase, emptyDatabase, freshDatabase } from '../../test/support/database.js';
import { migrations, openDatabase, startEmbedded } from './index.js';

let url: string;
beforeEach(async () => {
  url = await emptyDatabase();
});
afterEach(() => dropDatabase(url));

function changed(change: (to: URL) => void): string {
  const to = new URL(url);
  to.password ||= 'secret';
  change(to);
  return to.href;
}

describe('opening a database', () => {
  it('by several processes at the same moment migrates it once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => openDatabase({ url })));
    const { rows } = await all[0]!.pool.query('select name from listory_migrations order by id');
    expect(rows.map((row) => row.name)).toEqual(migrations.map((migration) => new migration().name));
    await Promise.all(all.map((one) => one.close()));
  });

  it('gives one pool to TypeORM and to SQL', async () => {
    const database = await openDatabase({ url, poolSize: 1, applicationName: 'one pool' });
    const [a] = await database.dataSource.query(`select pg_backend_pid() as pid, current_setting('application_name') as name`);
    const { rows: [b] } = await database.pool.query(`select pg_backend_pid() as pid, current_setting('application_name') as name`);
    expect(a).toEqual(b);
    expect(a.name).toBe('one pool');
    await database.close();
  });

  it('survives that its connections are cut', async () => {
    const database = await openDatabase({ url, poolSize: 2 });
    const held = await database.pool.connect();
    const { rows } = await held.query('select pg_backend_pid() as pid');
    await database.pool.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await expect(held.query('select 1')).rejects.toThrow();
    held.release(true);
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('lets nobody rest in a transaction for more than a minute: its locks would be kept from all others', async () => {
    const database = await openDatabase({ url });
    expect((await database.pool.query('show idle_in_transaction_session_timeout')).rows).toEqual([{ idle_in_transaction_session_timeout: '1min' }]);
    await database.close();
  });

  it('that a newer Listory has migrated is refused', async () => {
    const database = await openDatabase({ url });
    await database.pool.query(`insert into listory_migrations (timestamp, name) values (9999999999999, 'Future9999999999999')`);
    await expect(openDatabase({ url })).rejects.toMatchObject({ name: 'DatabaseTooNew', unknown: ['Future9999999999999'] });
    await database.close();
  });

  it('whose migration fails is left as it was', async () => {
    const database = await openDatabase({ url });
    await database.pool.query(`drop schema archive cascade; delete from listory_migrations where name like 'Archive%'; create schema archive`);
    await expect(openDatabase({ url })).rejects.toThrow(/archive/);
    const { rows } = await database.pool.query('select name from listory_migrations');
    expect(rows.length).toBe(migrations.length - 1);
    await database.pool.query('drop schema archive');
    await (await openDatabase({ url })).close();
    await database.close();
  });

  it.each([
    ['nothing listens', (to: URL) => (to.port = '1'), 'ECONNREFUSED', /nothing listens there\. Start the server/],
    ['the host does not exist', (to: URL) => (to.hostname = 'no-such-host.invalid'), /ENOTFOUND|EAI_AGAIN/, /Correct LISTORY_DATABASE_URL/],
    ['the database is missing', (to: URL) => (to.pathname = '/no_such_database'), '3D000', /no database of that name\. Make it/],
    ['the user or the password is wrong', (to: URL) => (to.username = 'nobody_of_that_name'), /28P01|28000/, /Correct (user and password|the user) in LISTORY_DATABASE_URL/],
  ])('says what to do when %s, without the password', async (_what, change, code, message) => {
    const error = await openDatabase({ url: changed(change) }).catch((failure: unknown) => failure as Error & { code: string });
    expect(error).toMatchObject({ name: 'DatabaseUnreachable', code: expect.stringMatching(code), message: expect.stringMatching(message) });
    expect((error as Error).message).toContain('***');
    expect((error as Error).message).not.toContain(new URL(changed(() => {})).password);
  });

  it('refuses a database that cannot hold every script', async () => {
    const ascii = await emptyDatabase('SQL_ASCII');
    await expect(openDatabase({ url: ascii })).rejects.toMatchObject({ name: 'DatabaseNotUnicode', encoding: 'SQL_ASCII' });
    await dropDatabase(ascii);
  });

  it('refuses what is no URL', async () => {
    await expect(openDatabase({ url: 'postgresql://[broken' })).rejects.toThrow(/postgresql:\/\/user:password@host:5432\/database/);
  });
});

describe('without a URL', () => {
  it('starts the embedded server and stops it on closing', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'listory-open-'));
    const database = await openDatabase({ dataFolder: folder });
    expect((await database.pool.query('select count(*)::int as n from log.events')).rows).toEqual([{ n: 0 }]);
    await database.close();
    const server = await startEmbedded({ dataFolder: folder });
    expect(server.startedByUs).toBe(true);
    await server.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('the archive', () => {
  it('takes only bytes that fit their sha256 and size, and keeps them', async () => {
    const fresh = await freshDatabase();
    const { pool } = fresh.database;
    const bytes = Buffer.from('ent_num,SDN_Name');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const insert = (hash: string, size: number) => pool.query('insert into archive.documents (sha256, bytes, size) values ($1, $2, $3)', [hash, bytes, size]);
    await expect(insert(sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), bytes.length)).rejects.toThrow(/check constraint/);
    await expect(insert(sha256, 3)).rejects.toThrow(/check constraint/);
    await insert(sha256, bytes.length);
    await expect(pool.query('delete from archive.documents')).rejects.toThrow(/only ever added to|permission denied/);
    await fresh.drop();
  });
});
