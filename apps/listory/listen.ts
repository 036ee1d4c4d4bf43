import type { INestApplication } from '@nestjs/common';
import type { Config } from './config.js';

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

/** @throws PortTakenError */
export async function listen(app: INestApplication, { host, port }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(host, port);
    throw error;
  }
}
