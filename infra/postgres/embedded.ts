import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, type Binaries } from './binaries.js';
import { ensureCluster, SUPERUSER } from './cluster.js';
import { openDataFolder, type DataFolder } from './data-folder.js';
import { EmbeddedServerFailed } from './errors.js';
import { Presence } from './presence.js';
import { decideRunAs, type RunAs } from './run-as.js';
import { findPostmaster, launch, sameFile, type Launched } from './server.js';

/** A PostgreSQL that Listory brought along and uses. */
export interface Embedded {
  /** Connection URL of the database `listory` on it, with its password. */
  url: string;
  /** Connection URL of the maintenance database `postgres`. */
  adminUrl: string;
  /** False: another process had started it, or it was left running by one that was killed. */
  startedByUs: boolean;
  /**
   * Leaves. The last one out stops the server and waits for its end.
   * @param how `force`: stop it, whoever is still connected
   */
  stop(how?: { force?: boolean }): Promise<'stopped' | 'left running'>;
}

export interface EmbeddedOptions {
  /** Made where it is missing. One machine only: never share it between containers or over a network. */
  dataFolder: string;
  /** PostgreSQL settings over ours, for tests. They hold only if it is us who start the server. */
  settings?: Record<string, string>;
}

/** How long a server may take to come up or go down while its process lives (recovery after a crash replays up to 2 GB). */
const PATIENCE_MS = 300_000;
/** How long to go on trying when it ends at once: after a kill -9 the dead server's children need a moment to notice. */
const RETRY_MS = 30_000;
const RETRIABLE = /postmaster\.pid" already exists|pre-existing shared memory block|could not (bind|create any TCP\/IP)|Address already in use/;

/**
 * Finds the server that runs under this folder, else starts it (and makes it, the first time).
 * Several processes may do so at once: all end up on one server.
 * @throws {DataFolderTooNew} {NotADataFolder} {ClusterOfAnotherVersion} {EmbeddedServerUnavailable} {EmbeddedServerFailed}
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = openDataFolder(options.dataFolder);
  const binaries = findBinaries();
  const as = decideRunAs(binaries.postgres, folder.root, folder.cluster);
  await ensureCluster(folder, binaries, as);
  const password = readFileSync(folder.password, 'utf8').trim();
  const urlOf = (port: number, database: string) => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const { presence, port, startedByUs } = await enterOrStart(folder, binaries, as, options.settings ?? {}, (p) => urlOf(p, 'postgres'));
  await presence.ensureDatabase('listory');
  return { url: urlOf(port, 'listory'), adminUrl: urlOf(port, 'postgres'), startedByUs, stop: (how) => stop(folder, presence, how?.force ?? false) };
}

interface Entered {
  presence: Presence;
  port: number;
  startedByUs: boolean;
}

async function enterOrStart(folder: DataFolder, binaries: Binaries, as: RunAs, settings: Record<string, string>, url: (port: number) => string): Promise<Entered> {
  const giveUp = Date.now() + RETRY_MS;
  for (;;) {
    const found = await enterRunning(folder, url, () => false);
    if (found) return { ...found, startedByUs: false };
    const launched = await launch(folder, binaries, as, settings);
    const entered = await enterRunning(folder, url, () => launched.ended() !== null, launched);
    if (entered) return { ...entered, startedByUs: launched.port === entered.port };
    const said = launched.saidSince();
    if (!RETRIABLE.test(said) || Date.now() > giveUp) throw new EmbeddedServerFailed(folder.root, `it ended with ${launched.ended()}`, said.slice(-2000));
    await sleep(100);
  }
}

/** Waits until the server of this folder lets us in; null when there is none, or it has gone meanwhile. */
async function enterRunning(folder: DataFolder, url: (port: number) => string, gone: () => boolean, launched?: Launched): Promise<{ presence: Presence; port: number } | null> {
  const giveUp = Date.now() + PATIENCE_MS;
  let last: unknown;
  while (Date.now() < giveUp) {
    const running = findPostmaster(folder);
    if (!running && (!launched || gone())) return null;
    if (running?.port) {
      try {
        const presence = await Presence.enter(url(running.port));
        if (sameFile(await presence.clusterFolder(), folder.cluster)) return { presence, port: running.port };
        await presence.leave();
      } catch (error) {
        last = error;
      }
    }
    await sleep(20);
  }
  throw new EmbeddedServerFailed(folder.root, `it runs but does not let us in (${String(last)})`, launched?.saidSince() ?? '');
}

async function stop(folder: DataFolder, presence: Presence, force: boolean): Promise<'stopped' | 'left running'> {
  const running = findPostmaster(folder);
  // The server is gone already, or is going: then the question fails, and there is nothing to stop.
  const last = await presence.isLast().catch(() => force);
  if (running && (last || force)) process.kill(running.pid, 'SIGINT');
  else await presence.leave();
  if (!running || !(last || force)) return running ? 'left running' : 'stopped';
  const giveUp = Date.now() + PATIENCE_MS;
  while (findPostmaster(folder)?.pid === running.pid && Date.now() < giveUp) await sleep(20);
  await presence.leave();
  return 'stopped';
}
