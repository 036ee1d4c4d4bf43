import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const LOADER = new URL('./typescript.mjs', import.meta.url).href;
const EMBEDDED = new URL('../../infra/postgres/embedded.ts', import.meta.url).href;
const PROGRAM = `
  const { startEmbedded } = await import(${JSON.stringify(EMBEDDED)});
  process.on('SIGINT', () => {});
  try {
    const server = await startEmbedded({ dataFolder: process.argv[1] });
    console.log(JSON.stringify({ url: server.url, startedByUs: server.startedByUs }));
    process.stdin.on('end', async () => console.log(JSON.stringify({ stopped: await server.stop() }))).resume();
  } catch (error) {
    console.log(JSON.stringify({ error: error.name, message: error.message }));
  }`;

export interface Holder {
  child: ChildProcess;
  /** The next thing that it says: where its server is, why it has none, how it left it. */
  next(): Promise<Record<string, unknown>>;
}

const children: ChildProcess[] = [];

/** Another process that uses the embedded server of a folder until its standard input ends. It leads a process group. */
export function holder(dataFolder: string, options: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv } = {}): Holder {
  const child = spawn(process.execPath, ['--import', LOADER, '--input-type=module', '-e', PROGRAM, dataFolder], { stdio: ['pipe', 'pipe', 'inherit'], detached: true, ...options });
  children.push(child);
  const lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  return { child, next: async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown> };
}

/** Kills all that a test has left. */
export function endHolders(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}
