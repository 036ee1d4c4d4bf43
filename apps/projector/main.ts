import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Database } from '@listory/postgres';
import { prepareViews } from '@listory/views';
import { DatabaseModule } from '../listory/listory.module.js';
import { runService } from '../listory/run-service.js';
import { ProjectorHealthController } from './health.controller.js';
import { ProjectorModule } from './projector.module.js';

@Module({})
class ProjectorProcess {
  static on(database: Database) {
    return { module: ProjectorProcess, imports: [DatabaseModule.of(database), ProjectorModule], controllers: [ProjectorHealthController] };
  }
}

/** The projector as a process of its own: makes the views where they are missing, and keeps them in step with the log. */
await runService({
  name: 'projector',
  async create(database) {
    await prepareViews(database.pool);
    const adapter = new FastifyAdapter({ forceCloseConnections: true } as never);
    return NestFactory.create(ProjectorProcess.on(database), adapter, { logger: ['log', 'error', 'warn'] });
  },
});
