import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedded, type Embedded } from '@listory/postgres';
import pg from 'pg';
import { Child, endChildren } from '../support/child.js';
import { freePort } from './installation.js';

const LISTORY = fileURLToPath(new URL('../../apps/listory/main.ts', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../infra/sample/us-bis-el/', import.meta.url));
const PASSWORD = 'p@ss/w:rd?';

let folder: string;
/** The operator's server: another cluster, with a database that belongs to a user who may do nothing else. */
let theirs: Embedded;
let url: string;
/** The cluster of a data folder, with the empty database that it was made with. */
let ours: Embedded;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'listory-own-database-'));
  theirs = await startEmbedded({ dataFolder: path.join(folder, 'theirs') });
  ours = await startEmbedded({ dataFolder: path.join(folder, 'ours') });
  await query(theirs.adminUrl, `create role auditor login password '${PASSWORD}'`);
  await query(theirs.adminUrl, `create database "Prüfung 2025" owner auditor`);
  url = onTheirs({});
}, 60_000);
afterEach(endChildren);
afterAll(async () => {
  await ours?.stop({ force: true });
  await theirs?.stop({ force: true });
  rmSync(folder, { recursive: true, force: true });
});

interface Wrong {
  password?: string;
  database?: string;
  port?: number;
}

/** The operator's database, or one that is described wrongly. */
function onTheirs(wrong: Wrong): string {
  const { port } = new URL(theirs.url);
  const { password = PASSWORD, database = 'Prüfung 2025' } = wrong;
  return `postgresql://auditor:${encodeURIComponent(password)}@127.0.0.1:${wrong.port ?? port}/${encodeURIComponent(database)}`;
}

async function query(where: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs a command as its own process. `LISTORY_DATA` names a folder that is not there, or that of `ours`. */
function listory(args: string[], databaseUrl = url, dataFolder = path.join(folder, 'none')): Child {
  return new Child(LISTORY, args, { env: { LISTORY_DATABASE_URL: databaseUrl, LISTORY_DATA: dataFolder } });
}

async function run(args: string[], dataFolder?: string): Promise<string> {
  const child = listory(args, url, dataFolder);
  expect([args[0], await child.end(), child.errors.match(/^error.*/m)]).toEqual([args[0], 0, null]);
  return child.lines.join('\n');
}

describe('LISTORY_DATABASE_URL', () => {
  it('is migrated, imported into, asked and served from; the data folder is not touched', async () => {
    const dataFolder = path.join(folder, 'ours');
    const imported = await run(['import', 'us-bis-el', `${SAMPLE}2024-12-05.csv`, `${SAMPLE}2025-03-25.csv`, '--json'], dataFolder);
    expect(imported.split('\n').map((line) => JSON.parse(line).outcome)).toEqual(['baseline', 'changed']);
    const nettrix = ['listed', 'Nettrix Information Industry Co., Ltd.', '--json', '--as-of'];
    const asked = [await run([...nettrix, '2025-03-24']), await run([...nettrix, '2025-03-25'], dataFolder)];
    expect(asked.map((answer) => JSON.parse(answer).listed)).toEqual(['no', 'yes']);
    expect(await run(['verify'])).not.toBe('');

    const server = listory(['serve', '--port', '0']);
    const [, address] = /(http:\S+)/.exec(await server.says(/answers at/))!;
    const answer = await fetch(`${address}/v1/listed?name=Nettrix+Information+Industry&asOf=2025-03-25`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ listed: 'yes' })]);
    server.signal('SIGTERM');
    expect(await server.end()).toBe(0);

    const schemas = `select nspname as schema from pg_namespace where nspname in ('log', 'archive', 'listings', 'editions') order by 1`;
    expect((await query(url, schemas)).map((row) => row['schema'])).toEqual(['archive', 'editions', 'listings', 'log']);
    expect(await query(ours.url, schemas)).toEqual([]);
    expect(await query(ours.adminUrl, 'select datname from pg_database where not datistemplate order by 1')).toEqual([{ datname: 'listory' }, { datname: 'postgres' }]);
    expect(existsSync(path.join(folder, 'none'))).toBe(false);
  }, 60_000);

  it.each<[string, Wrong, RegExp]>([
    ['a database that is not there', { database: 'nobody-made-it' }, /no database of that name\. Make it \(createdb\)/],
    ['a server that is not there', { port: 0 }, /nothing listens there\. Start the server/],
    ['a wrong password', { password: 'wr@ng' }, /the password is wrong\. Correct user and password in LISTORY_DATABASE_URL/],
  ])('that names %s: each command fails with 1 and says what to do, and not the password', async (_what, wrong, says) => {
    const port = wrong.port === 0 ? { port: await freePort() } : {};
    const bad = onTheirs({ ...wrong, ...port });
    const children = [['lists'], ['import', 'us-bis-el', `${SAMPLE}2025-03-25.csv`], ['serve', '--port', '0']].map((args) => listory(args, bad));
    for (const child of children) {
      expect([await child.end(), child.lines]).toEqual([1, []]);
      expect(child.errors).toMatch(new RegExp(`^error: No connection to the database postgresql://auditor:\\*\\*\\*@127\\.0\\.0\\.1.*${says.source}`));
      expect(child.errors).not.toMatch(/\n\s+at |p%40ss|p@ss|wr%40ng|wr@ng/);
    }
    expect(existsSync(path.join(folder, 'none'))).toBe(false);
  }, 60_000);
});
