import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { openDatabase, type Database } from '@listory/postgres';
import { kafkaSettings, type KafkaSettings } from '@listory/stream';
import { loadDotEnv, readConfig } from '../listory/config.js';
import { DatabaseModule } from '../listory/listory.module.js';
import { RelayHealthController } from './health.controller.js';
import { Relay } from './relay.js';
import { RelayModule } from './relay.module.js';

@Module({})
class RelayProcess {
  static on(database: Database, settings: KafkaSettings): DynamicModule {
    return { module: RelayProcess, imports: [DatabaseModule.of(database), RelayModule.to(settings)], controllers: [RelayHealthController] };
  }
}

/** The relay as a process of its own: until SIGTERM or SIGINT, or until every topic needs a person (exit status 1). */
async function main(): Promise<void> {
  loadDotEnv();
  const stopped = new Promise<'stopped'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'));
  });
  const settings = kafkaSettings();
  if (!settings) throw new Error('LISTORY_KAFKA_BROKERS is not set: there is no Kafka to publish to. Set it to addresses such as kafka1:9092,kafka2:9092.');
  const config = readConfig();
  const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder, applicationName: 'listory relay' });
  try {
    const adapter = new FastifyAdapter({ forceCloseConnections: true } as never);
    const app = await NestFactory.create<NestFastifyApplication>(RelayProcess.on(database, settings), adapter, { logger: ['log', 'error', 'warn'] });
    try {
      await app.listen(config.port, config.host);
      process.stdout.write(`The relay tells how it goes at ${await app.getUrl()}/health/ready\n`);
      const how = await Promise.race([stopped, app.get(Relay).ended()]);
      process.exitCode = how === 'stopped' ? 0 : 1;
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// What Kafka has not answered would keep the process alive.
process.exit();
