import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { follow, PoisonEventError, type RecordedEvent } from '@listory/event-log';
import { Database } from '@listory/postgres';
import { BATCH_SIZE, followerOf, liveProjection, views, type View } from '@listory/views';
import type { PoolClient } from 'pg';

/**
 * Keeps every view in step with the log while the process runs. Several processes may: of those that follow for one
 * view, one works at a time and another takes over when it ends. A view that meets an event that it cannot apply
 * stands still and says where; the others go on.
 */
@Injectable()
export class Projector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Projector.name);
  private readonly stop = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all(views.map((view) => this.keep(view)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async keep(view: View): Promise<void> {
    const { pool } = this.database;
    try {
      await follow(pool, {
        name: followerOf(view),
        batchSize: BATCH_SIZE,
        signal: this.stop.signal,
        handle: (client: PoolClient, events: readonly RecordedEvent[]) =>
          liveProjection(pool, view).apply(client, events, events[0]!.position - 1n),
        waiting: (error) => this.logger.warn(`View ${view.name} waits: ${String(error)}`),
      });
    } catch (error) {
      if (error instanceof PoisonEventError) this.logger.error(error.message);
      else this.logger.error(`View ${view.name} stands still: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}
