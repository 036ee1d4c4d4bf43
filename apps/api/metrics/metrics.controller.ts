import { Controller } from '@nestjs/common';
import { Answers, Asking, type Asked } from '../asking/question.js';
import { Metrics } from './metrics.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Answers({
    path: '',
    tag: 'health',
    summary: 'Metrics for Prometheus',
    description: 'Head of the log, position and lag of each follower, age of the last fetch of each list, held editions, durations of requests.',
    answer: { 'text/plain': { type: 'string' } },
  })
  async all(@Asking() { reply }: Asked): Promise<void> {
    const text = await this.metrics.render();
    reply.header('cache-control', 'no-store').type(this.metrics.contentType).send(text);
  }
}
