import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { openDatabase } from '@listory/postgres';
import { kafkaSettings } from '@listory/stream';
import { catchUpAsFarAsReadable, prepareViews } from '@listory/views';
import { ApiModule } from '../api/api.module.js';
import { createApi } from '../api/create-api.js';
import { CollectorModule } from '../collector/collector.module.js';
import { ProjectorModule } from '../projector/projector.module.js';
import { RelayModule } from '../relay/relay.module.js';
import type { Config } from './config.js';
import type { Session } from './session.js';

/** The port is in use by another program. */
export class PortTakenError extends Error {
  constructor(
    readonly host: string,
    readonly port: number,
  ) {
    super(`Port ${port} of ${host} is taken. Stop what listens there, or choose another port with LISTORY_PORT or --port (0: any free one).`);
    this.name = 'PortTakenError';
  }
}

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
  const database = await openDatabase({ url: config.databaseUrl, dataFolder: config.dataFolder });
  try {
    await prepareViews(database.pool);
    await catchUpAsFarAsReadable(database.pool);
    const app = await createApi(database, [CollectorModule, ProjectorModule, ...(kafka ? [RelayModule.to(kafka)] : []), ApiModule]);
    try {
      await app.init();
      const session = { config, database, app, commands: app.get(CommandBus), queries: app.get(QueryBus) };
      await beforehand(session);
      await listen(() => app.listen(config.port, config.host), config);
      await work(session, await app.getUrl());
      await stopped;
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
}

async function listen(start: () => Promise<unknown>, { host, port }: Config): Promise<void> {
  try {
    await start();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(host, port);
    throw error;
  }
}
