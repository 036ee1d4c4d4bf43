import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Database } from '@listory/postgres';
import { prepareViews } from '@listory/views';
import { DatabaseModule } from '../listory/listory.module.js';
import { runService } from '../listory/run-service.js';
import { ClockModule } from './clock.module.js';
import { readFetchingConfig, type FetchingConfig } from './fetching-config.js';
import { CollectorHealthController } from './health.controller.js';

@Module({})
class CollectorProcess {
  static on(database: Database, config: FetchingConfig) {
    return { module: CollectorProcess, imports: [DatabaseModule.of(database), ClockModule.with(config)], controllers: [CollectorHealthController] };
  }
}

/** The collector as a process of its own: fetches every list from its publisher by the clock. */
await runService({
  name: 'collector',
  async create(database, { holdLimits }) {
    const config = readFetchingConfig(holdLimits, 'on');
    await prepareViews(database.pool);
    const adapter = new FastifyAdapter({ forceCloseConnections: true } as never);
    return NestFactory.create(CollectorProcess.on(database, config), adapter, { logger: ['log', 'error', 'warn'] });
  },
});
