import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { openDatabase, type Database } from '@listory/postgres';
import { catchUpAsFarAsReadable, catchUpViews, prepareViews } from '@listory/views';
import type { Config } from './config.js';
import { interruptible } from './interruption.js';
import { ListoryModule } from './listory.module.js';

/** One run of a command: the database, and the buses that commands and questions go over. */
export interface Session {
  config: Config;
  database: Database;
  app: INestApplicationContext;
  commands: CommandBus;
  queries: QueryBus;
}

/**
 * For a command that decides or records: opens the database, brings tables and views up to date, runs `work` and closes
 * everything, whatever happens.
 * @throws PoisonEventError before `work`, where a view cannot read an event: nothing may be decided on half of what is known
 */
export async function inSession<T>(config: Config, work: (session: Session) => Promise<T>): Promise<T> {
  return withDatabase(config, catchUpViews, work);
}

/**
 * The same for a command that only reads. Where a view cannot read an event, it answers from what was recorded before;
 * the answer says so (`knownAt.notice`).
 */
export async function inReadingSession<T>(config: Config, work: (session: Session) => Promise<T>): Promise<T> {
  return withDatabase(config, catchUpAsFarAsReadable, work);
}

/** A signal breaks `work` off; the database is closed when what it is doing at that moment has ended. */
async function withDatabase<T>(config: Config, catchUp: (pool: Database['pool']) => Promise<unknown>, work: (session: Session) => Promise<T>): Promise<T> {
  return interruptible(async (interruption) => {
    const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
    try {
      return await Promise.race([withApplication(config, database, catchUp, work), interruption]);
    } finally {
      await database.close();
    }
  });
}

async function withApplication<T>(config: Config, database: Database, catchUp: (pool: Database['pool']) => Promise<unknown>, work: (session: Session) => Promise<T>): Promise<T> {
  await prepareViews(database.pool);
  await catchUp(database.pool);
  const app = await NestFactory.createApplicationContext(ListoryModule.on(database), { logger: ['error', 'warn'] });
  try {
    return await work({ config, database, app, commands: app.get(CommandBus), queries: app.get(QueryBus) });
  } finally {
    await app.close();
  }
}
