import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const LOADER = new URL('./typescript.mjs', import.meta.url).href;
const LIGHT = new URL('./without-frameworks.mjs', import.meta.url).href;

const started: Child[] = [];

/** A TypeScript program of this repository in a process of its own: it is told lines, and says lines. */
export class Child {
  /** All that it has said, in order. */
  readonly lines: string[] = [];
  /** What it complained of. */
  errors = '';
  private readonly process: ChildProcess;
  private outcome: number | NodeJS.Signals | null = null;

  /**
   * @param program the path of its TypeScript file
   * @param how `light`: without NestJS and TypeORM, which take most of the time that it needs to start
   */
  constructor(program: string, args: readonly string[], how: { light?: boolean; env?: NodeJS.ProcessEnv } = {}) {
    const loaders = ['--import', LOADER, ...(how.light ? ['--import', LIGHT] : [])];
    const env = { ...process.env, ...how.env };
    this.process = spawn(process.execPath, [...loaders, program, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.process.stdin!.on('error', () => {});
    this.process.stderr!.on('data', (text) => (this.errors += text));
    createInterface(this.process.stdout!).on('line', (line) => this.lines.push(line));
    this.process.once('close', (code, signal) => (this.outcome = code ?? signal));
    started.push(this);
  }

  get isRunning(): boolean {
    return this.outcome === null;
  }

  tell(line: string): void {
    this.process.stdin!.write(`${line}\n`);
  }

  /** Waits for a line that was not said before. @throws where the process ends without it */
  async says(wanted: RegExp, from = 0): Promise<string> {
    for (;;) {
      const found = this.lines.slice(from).find((line) => wanted.test(line));
      if (found !== undefined) return found;
      if (!this.isRunning) throw new Error(`It ended (${this.outcome}) and did not say ${wanted}: ${this.lines.slice(-5).join(' | ')}\n${this.errors}`);
      await sleep(5);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Waits for its end. @returns exit status or signal */
  async end(): Promise<number | NodeJS.Signals> {
    while (this.outcome === null) await sleep(5);
    return this.outcome;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.end();
  }
}

/** Kills all that a test has left running. */
export async function endChildren(): Promise<void> {
  for (const child of started.splice(0)) await child.kill();
}
