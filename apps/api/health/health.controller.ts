import { Controller } from '@nestjs/common';
import { checkpoints, headPosition } from '@listory/event-log';
import { Database } from '@listory/postgres';
import { followerOf, views } from '@listory/views';
import { toJson } from '../asking/json-text.js';
import { Answers, Asking, type Asked } from '../asking/question.js';

@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Answers({ path: 'live', tag: 'health', summary: 'The process answers', answer: { 'application/json': { $ref: '#/components/schemas/Alive' } } })
  live(@Asking() { reply }: Asked): void {
    reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send('{"status":"ok"}');
  }

  @Answers({
    path: 'ready',
    tag: 'health',
    summary: 'The database answers; and whether a view stands still',
    description: 'A view that stands before an event that it cannot read makes it `degraded`: questions are answered on, from what was recorded before.',
    answer: { 'application/json': { $ref: '#/components/schemas/Ready' } },
    problems: [503],
  })
  async ready(@Asking() { reply }: Asked): Promise<void> {
    const { pool } = this.database;
    const [head, all] = await Promise.all([headPosition(pool), checkpoints(pool)]);
    const progress = views.map((view) => {
      const found = all.find((one) => one.name === followerOf(view));
      const position = found?.position ?? 0n;
      const behind = position > head ? 0n : head - position;
      return { name: view.name, position, behind, error: found?.error ?? null, errorPosition: found?.errorPosition ?? null };
    });
    const status = progress.some((view) => view.error !== null) ? 'degraded' : 'ok';
    reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(toJson({ status, head, views: progress }));
  }
}
