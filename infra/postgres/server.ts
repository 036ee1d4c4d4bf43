import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Binaries } from './binaries.js';
import type { DataFolder } from './data-folder.js';
import { serverEnvironment, type RunAs } from './run-as.js';

/** What a running PostgreSQL says of itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * Settings of the embedded server. They stand on its command line and not in postgresql.conf,
 * so that an old data folder gets the settings of today's code.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  // Containers give 64 MB of /dev/shm: with one worker and this work_mem a parallel join stays under it.
  max_parallel_workers_per_gather: '1',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const LOG_LIMIT = 10_000_000;

/**
 * The server that runs on this cluster, or null. A postmaster.pid left by a dead server counts as null, and is
 * removed where its process id has gone to another process meanwhile (PostgreSQL itself would refuse to start then).
 */
export function findPostmaster(folder: DataFolder): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(folder.pidFile, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const owner = ownerOf(pid, folder.cluster);
  if (owner === 'other') rmSync(folder.pidFile, { force: true });
  return owner === 'ours' ? { pid, port: Number(lines[3]) || 0 } : null;
}

/** Whose is this process id? By its command line, `… postgres -D <cluster> …`, which every user may read. */
function ownerOf(pid: number, cluster: string): 'ours' | 'other' | 'dead' {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'dead';
  }
  let command: string[];
  try {
    command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // macOS has no /proc; ps joins the arguments with blanks.
    const { stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return stdout?.includes(` -D ${cluster} `) ? 'ours' : 'other';
  }
  const at = command.indexOf('-D');
  return at >= 0 && sameFile(command[at + 1] ?? '', cluster) ? 'ours' : 'other';
}

/** Whether two paths name one existing file or folder. */
export function sameFile(a: string, b: string): boolean {
  const [x, y] = [a, b].map((file) => (file ? statSync(file, { throwIfNoEntry: false }) : undefined));
  return x !== undefined && y !== undefined && x.dev === y.dev && x.ino === y.ino;
}

/** A server process that was just started, and where its own log begins. */
export interface Launched {
  port: number;
  /** Null while it runs, then its exit status or signal. */
  ended: () => number | string | null;
  /** What it has logged since it was started. */
  saidSince: () => string;
}

/**
 * Starts PostgreSQL in a session of its own (Ctrl-C at our terminal does not reach it) on a free port of 127.0.0.1.
 * It outlives us; that it is ready has to be asked.
 */
export async function launch(folder: DataFolder, binaries: Binaries, as: RunAs, settings: Record<string, string>): Promise<Launched> {
  const port = await freePort();
  const flags = Object.entries({ ...SETTINGS, port: String(port), ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = [...as.prefix, binaries.postgres, '-D', folder.cluster, ...flags];
  const { fd, start } = openLog(folder.log, as);
  let child: ChildProcess;
  try {
    child = spawn(args[0]!, args.slice(1), { ...as.spawn, detached: true, cwd: '/', env: serverEnvironment(), stdio: ['ignore', fd, fd] });
  } finally {
    closeSync(fd);
  }
  let ended: number | string | null = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = code ?? signal));
  child.unref();
  return { port, ended: () => ended, saidSince: () => readFileSync(folder.log).subarray(start).toString('utf8') };
}

function openLog(file: string, as: RunAs): { fd: number; start: number } {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) renameSync(file, `${file}.1`);
  const fd = openSync(file, 'a', 0o600);
  if (as.owner) chownSync(file, as.owner.uid, as.owner.gid);
  return { fd, start: size > LOG_LIMIT ? 0 : size };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
