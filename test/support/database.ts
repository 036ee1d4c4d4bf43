import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import pg from 'pg';
import { openDatabase, type Database, type DatabaseOptions } from '@listory/postgres';

/** A database of one test's own, with all tables and no rows. */
export interface FreshDatabase {
  url: string;
  database: Database;
  /** Ends the connections of `database` and drops it, whoever else is connected. */
  drop(): Promise<void>;
}

/** 'tmpl' as a number: who makes the template holds this lock. */
const TEMPLATE_LOCK = 0x746d706c;

/** Makes a migrated database by copying a template, which the first caller makes. */
export async function freshDatabase(options: Omit<DatabaseOptions, 'url' | 'dataFolder'> = {}): Promise<FreshDatabase> {
  const name = `listory_test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (admin) => {
    // file_copy: 25 ms where PostgreSQL's default takes 120 ms.
    const template = await ensureTemplate(admin);
    await admin.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = urlOf(name);
  const database = await openDatabase({ url, ...options });
  const drop = async () => {
    await database.close();
    await asAdmin((admin) => admin.query(`drop database ${name} with (force)`));
  };
  return { url, database, drop };
}

/** An empty database without tables; drop it with `dropDatabase`. */
export async function emptyDatabase(encoding = 'UTF8'): Promise<string> {
  const name = `listory_test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) => admin.query(`create database ${name} template template0 encoding '${encoding}' locale 'C'`));
  return urlOf(name);
}

/** Drops the database of this URL, whoever is connected. */
export async function dropDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await asAdmin((admin) => admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`));
}

/** The template's name carries a hash of the migrations, for a server that outlives this run. */
async function ensureTemplate(admin: pg.Client): Promise<string> {
  const name = `listory_template_${hashOfMigrations()}`;
  if (await exists(admin, name)) return name;
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (await exists(admin, name)) return name;
    await admin.query(`drop database if exists ${name}_draft with (force)`);
    await admin.query(`create database ${name}_draft template template0 encoding 'UTF8'`);
    const database = await openDatabase({ url: urlOf(`${name}_draft`) });
    await database.close();
    await admin.query(`alter database ${name}_draft rename to ${name}`);
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
  return name;
}

function hashOfMigrations(): string {
  const folder = new URL('../../infra/postgres/migrations/', import.meta.url);
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(new URL(file, folder)));
  return hash.digest('hex').slice(0, 12);
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  return (await admin.query('select from pg_database where datname = $1', [name])).rowCount === 1;
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function serverUrl(): string {
  const url = process.env.LISTORY_TEST_SERVER;
  if (!url) throw new Error('LISTORY_TEST_SERVER is not set: run tests with "npm run jest", whose global setup starts a server.');
  return url;
}

function urlOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.toString();
}
