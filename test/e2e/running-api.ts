import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { catchUpViews, prepareViews } from '@listory/views';
import { ApiModule } from '../../apps/api/api.module.js';
import { createApi } from '../../apps/api/create-api.js';
import { CollectorModule } from '../../apps/collector/collector.module.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  text: string;
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  json: any;
}

/** The API on a fresh database, with the collector beside it. */
export interface RunningApi {
  fresh: FreshDatabase;
  app: NestFastifyApplication;
  /** Asks; parameters with the value undefined are left away. */
  get(path: string, parameters?: Record<string, string | number | undefined>, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

export async function runApi(): Promise<RunningApi> {
  const fresh = await freshDatabase();
  await prepareViews(fresh.database.pool);
  await catchUpViews(fresh.database.pool);
  const app = await createApi(fresh.database, [CollectorModule, ApiModule]);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    fresh,
    app,
    async get(path, parameters = {}, headers = {}) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value));
      const url = query.size ? `${path}?${query}` : path;
      const answer = await app.inject({ method: 'GET', url, headers });
      const isJson = String(answer.headers['content-type']).includes('json') && !String(answer.headers['content-type']).includes('ndjson');
      return { status: answer.statusCode, headers: answer.headers, text: answer.payload, json: isJson ? JSON.parse(answer.payload) : null };
    },
    async stop() {
      await app.close();
      await fresh.drop();
    },
  };
}
