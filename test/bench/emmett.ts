import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { outputOf } from './child.js';

/** As much of it as is measured. */
export interface EmmettStore {
  appendToStream(stream: string, events: { type: string; data: object }[]): Promise<unknown>;
  close(): Promise<void>;
}

/** They want commander 12 as a peer, where we have 14: so they cannot stand in our own package.json. */
const PACKAGES = { '@event-driven-io/emmett-postgresql': '0.42.0', '@event-driven-io/emmett': '0.42.0', '@event-driven-io/pongo': '0.16.11' };

/**
 * The event store for PostgreSQL that is published on npm, installed in a folder of its own under the temporary one.
 * @returns null where it cannot be installed
 */
export async function emmettStore(url: string, say: (text: string) => void): Promise<EmmettStore | null> {
  const folder = path.join(tmpdir(), `listory-bench-emmett-${PACKAGES['@event-driven-io/emmett-postgresql']}`);
  const entry = path.join(folder, 'node_modules/@event-driven-io/emmett-postgresql/dist/index.js');
  if (!existsSync(entry)) {
    say('installing @event-driven-io/emmett-postgresql');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
    try {
      await outputOf('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    } catch (error) {
      say(`it could not be installed: ${String(error)}`);
      return null;
    }
  }
  const { getPostgreSQLEventStore } = (await import(pathToFileURL(entry).href)) as { getPostgreSQLEventStore(url: string): EmmettStore };
  return getPostgreSQLEventStore(url);
}
