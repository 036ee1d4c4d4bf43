import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { holdLease } from '@listory/event-log';
import { dueIn, pauseUntilNext, recordAttempt, startSchedule, type Schedule } from '@listory/fetching';
import type { Database } from '@listory/postgres';
import { FetchSource, type FetchOutcome } from './fetch-source.js';
import type { FetchingConfig } from './fetching-config.js';

/** The longest time between two looks at what is due (ms): somebody else may have fetched meanwhile. */
const LONGEST_LOOK = 60_000;
/** After an error of ours or of the database (ms). */
const AFTER_ERROR = 10_000;

/**
 * Fetches each publication when it is due. Several processes may: each publication is fetched by the one that holds its
 * lease. One that was frozen past its lease may fetch beside its successor; the log records the same bytes once.
 */
export class Clock implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Clock.name);
  private readonly stop = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
    private readonly config: FetchingConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all(this.config.schedules.map((schedule) => this.keep(schedule)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.running;
  }

  private async keep(schedule: Schedule): Promise<void> {
    const { signal } = this.stop;
    const { pool } = this.database;
    while (!signal.aborted) {
      try {
        await startSchedule(pool, schedule);
        await holdLease(pool, { name: `fetching:${schedule.source}`, signal }, (owning) => this.fetchWhenDue(schedule, owning));
      } catch (error) {
        if (signal.aborted) return;
        this.logger.error(`${schedule.source}: ${error instanceof Error ? error.stack : String(error)}`);
        await sleep(AFTER_ERROR, undefined, { signal }).catch(() => {});
      }
    }
  }

  private async fetchWhenDue(schedule: Schedule, owning: AbortSignal): Promise<void> {
    const { pool } = this.database;
    while (!owning.aborted) {
      const { ms, failures } = await dueIn(pool, schedule.source);
      if (ms > 0) {
        await sleep(Math.min(ms, LONGEST_LOOK), undefined, { signal: owning }).catch(() => {});
        continue;
      }
      const { limits, urls } = this.config;
      const command = new FetchSource(schedule.source, { limits, urls, signal: owning, today: new Date().toISOString().slice(0, 10) });
      const outcome = await this.commands.execute<FetchSource, FetchOutcome>(command);
      const failed = outcome.reached ? 0 : failures + 1;
      await recordAttempt(pool, schedule.source, { reached: outcome.reached, failures: failed, pauseMs: pauseUntilNext(schedule, failed, outcome.reached ? null : outcome.retryAfterMs) });
      if (!outcome.reached) this.logger.warn(outcome.problem);
      else for (const one of outcome.results) this.logger.log(`${one.list}: ${one.outcome}, +${one.added} −${one.removed} ~${one.changed}, position ${one.position}`);
    }
  }
}
