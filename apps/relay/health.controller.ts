import { Controller, Get, Header, Res } from '@nestjs/common';
import { headPosition } from '@listory/event-log';
import { Database } from '@listory/postgres';
import type { FastifyReply } from 'fastify';
import { Relay } from './relay.js';

/** Whether the relay lives, and whether it publishes or could. */
@Controller('health')
export class RelayHealthController {
  constructor(
    private readonly relay: Relay,
    private readonly database: Database,
  ) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /** 503 where a topic waits for something that is away, or for a person; on standby it is ready. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const topics = this.relay.states.map(({ topic, status, position, reason }) => ({ topic, status, position: position === null ? null : Number(position), reason }));
    const isReady = topics.every(({ status }) => status === 'standby' || status === 'publishing');
    const head = await headPosition(this.database.pool).catch(() => null);
    const answer = { status: isReady && head !== null ? 'ok' : 'unavailable', head: head === null ? null : Number(head), topics };
    reply.status(answer.status === 'ok' ? 200 : 503).send(answer);
  }
}
