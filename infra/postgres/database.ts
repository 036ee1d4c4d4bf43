import pg from 'pg';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { reach } from './connect.js';
import { startEmbedded } from './embedded.js';
import { migrate } from './migrate.js';
import { migrations } from './migrations/index.js';

/** A migrated database, and how to speak to it. A class, so that NestJS can inject it. */
export class Database {
  constructor(
    /** For ordinary tables; uses `pool`. */
    readonly dataSource: DataSource,
    /** For SQL: the log, bulk writes, as-of reads. */
    readonly pool: pg.Pool,
    /** With the password: not for logs. */
    readonly url: string,
    private readonly leaveServer: () => Promise<void>,
  ) {}

  /** Ends every connection, and the embedded server when nobody else uses it. */
  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.leaveServer();
  }
}

export interface DatabaseOptions {
  /** A PostgreSQL 15 or newer of the operator's own (LISTORY_DATABASE_URL). */
  url?: string | undefined;
  /** Without `url`: where the embedded server keeps its data (LISTORY_DATA). Default `.listory`. */
  dataFolder?: string | undefined;
  /** Shown in pg_stat_activity. Default `listory`. */
  applicationName?: string | undefined;
  /** Most connections at once. Default 10. */
  poolSize?: number | undefined;
  /** TypeORM entities or schemas of ordinary tables. */
  entities?: DataSourceOptions['entities'];
}

/**
 * Opens the database that the options name, and brings its tables up to date. Several processes may do so at once.
 * @throws {DatabaseUnreachable} {ServerTooOld} {DatabaseNotUnicode} {DatabaseTooNew} and all that `startEmbedded` throws
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  if (options.url) return connect(options.url, options, async () => {});
  const embedded = await startEmbedded({ dataFolder: options.dataFolder ?? '.listory' });
  try {
    return await connect(embedded.url, options, async () => void (await embedded.stop()));
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** A lost connection fails the query that needs it; between two queries of one transaction it must not end the process. */
class PooledClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super(options);
    this.on('error', () => {});
  }
}

/**
 * Settings of every session. A process that is frozen in the middle of a transaction (a paused container, a suspended
 * machine) keeps its locks from the others for a minute, not for ever; no transaction of ours rests so long.
 */
const SESSION = '-c timezone=UTC -c idle_in_transaction_session_timeout=60s';

const SILENT: Logger = { logQuery() {}, logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };

async function connect(url: string, options: DatabaseOptions, leaveServer: () => Promise<void>): Promise<Database> {
  await reach(url);
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    applicationName: options.applicationName ?? 'listory',
    poolSize: options.poolSize ?? 10,
    ...(options.entities ? { entities: options.entities } : {}),
    migrations,
    migrationsTableName: 'listory_migrations',
    // By default it makes extensions that its own column types might want; migrations make those that are used.
    installExtensions: false,
    extra: { keepAlive: true, options: SESSION, Client: PooledClient },
    // Whatever goes wrong is thrown too.
    logger: SILENT,
    // An idle connection that breaks is replaced; the query that needs it will say what is wrong.
    poolErrorHandler: () => {},
  });
  try {
    await dataSource.initialize();
    await migrate(dataSource, url);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
  const pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  return new Database(dataSource, pool, url, leaveServer);
}
