import { Controller, Get, Header, Res } from '@nestjs/common';
import { freshness } from '@listory/fetching';
import { Database } from '@listory/postgres';
import type { FastifyReply } from 'fastify';

/** Whether the collector lives, and how fresh each list is. */
@Controller('health')
export class CollectorHealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /** 503 where the database is away; `degraded` where a list has not been reached for longer than its limit. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    try {
      const sources = await freshness(this.database.pool);
      reply.send({ status: sources.some(({ isStale }) => isStale) ? 'degraded' : 'ok', sources });
    } catch (error) {
      reply.status(503).send({ status: 'unavailable', reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
