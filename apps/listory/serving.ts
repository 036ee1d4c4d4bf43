import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { openDatabase } from '@listory/postgres';
import { kafkaSettings } from '@listory/stream';
import { catchUpAsFarAsReadable, prepareViews } from '@listory/views';
import { ApiModule } from '../api/api.module.js';
import { createApi } from '../api/create-api.js';
import { ClockModule } from '../collector/clock.module.js';
import { CollectorModule } from '../collector/collector.module.js';
import { readFetchingConfig } from '../collector/fetching-config.js';
import { ProjectorModule } from '../projector/projector.module.js';
import { RelayModule } from '../relay/relay.module.js';
import type { Config } from './config.js';
import { listen } from './listen.js';
import type { Session } from './session.js';

/**
 * Runs every service in one process: `work` is called once it answers; then it serves until SIGINT or SIGTERM.
 * @param beforehand called with the database open and the views current, before anything listens
 * @throws PortTakenError, ListenError and what opening the database throws
 */
export async function serveUntilStopped(
  config: Config,
  work: (session: Session, url: string) => Promise<void>,
  beforehand: (session: Session) => Promise<void> = async () => {},
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const kafka = kafkaSettings();
  const fetching = readFetchingConfig(config.holdLimits, 'off');
  const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
  try {
    await prepareViews(database.pool);
    await catchUpAsFarAsReadable(database.pool);
    const app = await createApi(database, [CollectorModule, ClockModule.with(fetching), ProjectorModule, ...(kafka ? [RelayModule.to(kafka)] : []), ApiModule]);
    try {
      await app.init();
      const session = { config, database, app, commands: app.get(CommandBus), queries: app.get(QueryBus) };
      await beforehand(session);
      await listen(app, config);
      await work(session, await app.getUrl());
      await stopped;
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}
