import { rmSync } from 'node:fs';

/** Stops the run's PostgreSQL, whoever is still connected, and removes what it left. */
export default async function globalTeardown() {
  const started = globalThis.listoryTestServer;
  if (!started) return;
  started.watch.kill();
  await started.server.stop({ force: true });
  rmSync(started.dataFolder, { recursive: true, force: true });
}
