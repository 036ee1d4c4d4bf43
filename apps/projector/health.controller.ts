import { Controller, Get, Header, Res } from '@nestjs/common';
import { checkpoints, headPosition } from '@listory/event-log';
import { Database } from '@listory/postgres';
import { followerOf, views } from '@listory/views';
import type { FastifyReply } from 'fastify';

/** Whether the projector lives, and how far each view has come. */
@Controller('health')
export class ProjectorHealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /** 503 where the database is away; `degraded` where a view stands before an event that it cannot read. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    try {
      const { pool } = this.database;
      const [head, all] = await Promise.all([headPosition(pool), checkpoints(pool)]);
      const progress = views.map((view) => {
        const found = all.find(({ name }) => name === followerOf(view));
        const position = found?.position ?? 0n;
        return { name: view.name, position: Number(position), behind: Number(head > position ? head - position : 0n), error: found?.error ?? null };
      });
      reply.send({ status: progress.some(({ error }) => error !== null) ? 'degraded' : 'ok', head: Number(head), views: progress });
    } catch (error) {
      reply.status(503).send({ status: 'unavailable', reason: error instanceof Error ? error.message : String(error) });
    }
  }
}
