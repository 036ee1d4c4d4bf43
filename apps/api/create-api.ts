import { Module, type DynamicModule, type LogLevel, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@listory/postgres';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiModule } from './api.module.js';
import { serveDocuments } from './documents.js';
import { Metrics } from './metrics/metrics.js';
import { ProblemFilter, problemOf, sendProblem } from './problem-filter.js';

/** The modules of a process that answers over HTTP, on one database. */
@Module({})
class ApiProcess {
  static on(database: Database, modules: readonly (Type | DynamicModule)[]): DynamicModule {
    return {
      module: ApiProcess,
      global: true,
      imports: [...modules],
      providers: [{ provide: Database, useValue: database }],
      exports: [Database],
    };
  }
}

/** Ids of listings can be long. */
const LONGEST_PARAMETER = 2_000;

/**
 * The API on a database, not listening yet.
 * @param modules what else runs in this process; the ApiModule is among them
 */
export async function createApi(
  database: Database,
  modules: readonly (Type | DynamicModule)[] = [ApiModule],
  logger: LogLevel[] = ['error', 'warn'],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: true,
    frameworkErrors: (error: unknown, _request: FastifyRequest, reply: FastifyReply) => sendProblem(reply, problemOf(error)),
  } as never);
  const app = await NestFactory.create<NestFastifyApplication>(ApiProcess.on(database, modules), adapter, { logger });
  app.useGlobalFilters(new ProblemFilter());
  const metrics = app.get(Metrics);
  app.getHttpAdapter().getInstance().addHook('onResponse', async ({ method, routeOptions }: FastifyRequest, reply: FastifyReply) => {
    metrics.observe(method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
  });
  serveDocuments(app);
  return app;
}
