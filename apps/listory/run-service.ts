import type { INestApplication } from '@nestjs/common';
import { openDatabase, type Database } from '@listory/postgres';
import { loadDotEnv, readConfig, type Config } from './config.js';
import { listen } from './listen.js';

/** A service of its own process. */
export interface Service {
  /** As it is called in logs and at the database. */
  name: string;
  /** Makes what listens, not listening yet. */
  create(database: Database, config: Config): Promise<INestApplication>;
  /** Ends when the service has come to an end by itself, which is a failure. Default: it does not. */
  ended?(app: INestApplication): Promise<unknown>;
}

/**
 * Runs one service until SIGINT or SIGTERM, in the order database, service, listening, and back; then ends the process.
 * Exit status 0 where it was told to stop, 1 where it failed; the reason goes to standard error.
 */
export async function runService(service: Service): Promise<void> {
  try {
    process.exitCode = (await untilStopped(service)) === 'stopped' ? 0 : 1;
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
  // What another server has not answered would keep the process alive.
  process.exit();
}

async function untilStopped({ name, create, ended }: Service): Promise<'stopped' | 'ended'> {
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'));
  });
  loadDotEnv();
  const config = readConfig();
  const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder, applicationName: `listory ${name}` });
  try {
    const app = await create(database, config);
    try {
      await listen(app, config);
      process.stdout.write(`listory ${name} tells how it is at ${await app.getUrl()}/health/ready\n`);
      return await Promise.race([stopped, ...(ended ? [ended(app).then(() => 'ended' as const)] : [])]);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}
