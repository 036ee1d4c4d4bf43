import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, startEmbedded, type Database, type Embedded } from '@listory/postgres';
import { catchUpViews, prepareViews } from '@listory/views';
import pg from 'pg';

/** A PostgreSQL for one run, with the settings of the product: what it says is on the disk is on the disk. */
export class Server {
  private databases = 0;
  private readonly opened = new Set<Database>();

  private constructor(
    private readonly embedded: Embedded,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Server> {
    const folder = mkdtempSync(path.join(tmpdir(), 'listory-bench-'));
    return new Server(await startEmbedded({ dataFolder: folder }), folder);
  }

  /** A database with all tables and views, and no events. */
  async freshDatabase(): Promise<BenchDatabase> {
    const url = await this.emptyDatabase();
    const database = await openDatabase({ url, applicationName: 'listory bench' });
    this.opened.add(database);
    await prepareViews(database.pool);
    await catchUpViews(database.pool);
    const drop = async () => {
      await database.close();
      this.opened.delete(database);
      await this.drop(url);
    };
    return { url, database, drop };
  }

  /** A database without tables. */
  async emptyDatabase(): Promise<string> {
    const name = `bench_${++this.databases}`;
    await this.asAdmin(`create database ${name}`);
    return urlOf(this.embedded.adminUrl, name);
  }

  async drop(url: string): Promise<void> {
    await this.asAdmin(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  }

  /** Writes out what earlier rounds have left to write, so that it does not fall into the next one. */
  async settle(): Promise<void> {
    await this.asAdmin('checkpoint');
  }

  async stop(): Promise<void> {
    for (const database of this.opened) await database.close().catch(() => {});
    await this.embedded.stop({ force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async asAdmin(sql: string): Promise<void> {
    const admin = new pg.Client({ connectionString: this.embedded.adminUrl });
    await admin.connect();
    try {
      await admin.query(sql);
    } finally {
      await admin.end();
    }
  }
}

export interface BenchDatabase {
  url: string;
  database: Database;
  drop(): Promise<void>;
}

function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
