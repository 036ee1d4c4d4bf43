import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DataFolderTooNew, NotADataFolder } from './errors.js';

/** The format of data folders that this code writes; a change that older code cannot read raises it. */
const FORMAT = 1;
const MARKER = 'listory-format';

/** Where things lie inside a data folder. */
export interface DataFolder {
  root: string;
  /** Holds all that belongs to one PostgreSQL; appears whole, by a rename, or not at all. */
  server: string;
  /** PostgreSQL's own folder (PGDATA). */
  cluster: string;
  password: string;
  log: string;
  pidFile: string;
}

/**
 * Makes the folder where it is missing (closed to others; as root passable, for the server runs as another user), and checks that this code can read it.
 * @throws {DataFolderTooNew} {NotADataFolder}
 */
export function openDataFolder(folder: string): DataFolder {
  mkdirSync(folder, { recursive: true, mode: process.geteuid?.() === 0 ? 0o711 : 0o700 });
  const root = realpathSync(folder);
  const marker = path.join(root, MARKER);
  if (!existsSync(marker)) writeFileSync(marker, `${FORMAT}\n`);
  const text = readFileSync(marker, 'utf8').trim();
  const found = Number(text);
  // Empty: another process is between making the marker and writing it, and it writes our own format.
  if (text !== '' && (!Number.isInteger(found) || found < 1)) throw new NotADataFolder(root, `${MARKER} says "${text.slice(0, 40)}"`);
  if (found > FORMAT) throw new DataFolderTooNew(root, found, FORMAT);
  return { root, ...serverPaths(path.join(root, 'postgres')) };
}

/** The paths of one PostgreSQL, given the folder that holds it. */
export function serverPaths(server: string): Omit<DataFolder, 'root'> {
  const cluster = path.join(server, 'cluster');
  return {
    server,
    cluster,
    password: path.join(server, 'password'),
    log: path.join(server, 'log'),
    pidFile: path.join(cluster, 'postmaster.pid'),
  };
}
