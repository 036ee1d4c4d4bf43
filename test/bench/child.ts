import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The compiled file of a process beside the compiled cases. @param file relative to test/bench, ends in `.js` */
export function processFile(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/**
 * Runs a program to its end and gives what it wrote to stdout.
 * @throws where its exit status is not 0, with what it said on stderr
 */
export async function outputOf(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complained.push(chunk));
  const status = await endOf(child);
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${Buffer.concat(complained).toString().slice(-2000)}`);
  return Buffer.concat(said).toString();
}

/** Runs one of our processes, which prints one JSON document. */
export async function answerOf<Answer>(file: string, ...args: readonly string[]): Promise<Answer> {
  return JSON.parse(await outputOf(process.execPath, [processFile(file), ...args])) as Answer;
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

/** `listory serve` on a database, in a process of its own. */
export async function serve(databaseUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const main = processFile('../../apps/listory/main.js');
  const env = { ...process.env, LISTORY_DATABASE_URL: databaseUrl, LISTORY_HOST: '127.0.0.1' };
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = endOf(child);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/[\w.:[\]]+/.exec(said);
      if (found) resolve(found[0]);
    });
    void ended.then((status) => reject(new Error(`listory serve ended with ${status}: ${said}`)), reject);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}
