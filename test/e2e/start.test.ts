import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort, installation, postgresOf, Running, type Installation } from './installation.js';

/** Editions of the sample history by list. */
const SAMPLE = { 'un-sc': 4, 'us-bis-el': 10, 'us-ofac-sdn': 2 };
const LOADING = /\b[1-9]\d*\s*(\/|of)\s*16\b/;

let copy: Installation;
const running: Running[] = [];
const data = (name: string) => path.join(copy.folder, name);

/** Starts Listory as the README says, or without npm. */
function start(
  options: { data: string; port: number },
  command: string[] = [process.execPath, 'bin/start.mjs'],
): Running {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LISTORY_DATA: options.data,
    LISTORY_PORT: String(options.port),
    LISTORY_DATABASE_URL: '',
    LISTORY_HOST: '',
  };
  delete env.NODE_OPTIONS;
  const [program = '', ...args] = command;
  const started = new Running(program, args, { cwd: copy.folder, env });
  running.push(started);
  return started;
}

async function ask(port: number, question: string): Promise<any> {
  const answer = await fetch(`http://127.0.0.1:${port}${question}`);
  expect(answer.status).toBe(200);
  return answer.json();
}

/** How many editions of each list it holds. */
async function editionsAt(port: number): Promise<Record<string, number>> {
  const { lists } = await ask(port, '/v1/lists');
  return Object.fromEntries(lists.map(({ list, editions }: { list: string; editions: number }) => [list, editions]));
}

async function stop(started: Running): Promise<number | string> {
  started.signal('SIGINT');
  return started.end();
}

jest.setTimeout(180_000);
beforeAll(() => {
  copy = installation();
});
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.signal('SIGKILL');
    await one.end();
  }
});
afterAll(() => {
  for (const name of ['first', 'second', 'interrupted', 'killed', 'own', 'taken', 'one', 'other']) {
    const pid = postgresOf(data(name));
    if (pid !== null) process.kill(pid, 'SIGKILL');
  }
  copy.remove();
});

describe('npm start', () => {
  it('loads the sample history, answers, and stops everything on Ctrl-C', async () => {
    const port = await freePort();
    const started = start({ data: data('first'), port }, ['npm', 'start']);
    await started.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect(await editionsAt(port)).toEqual(SAMPLE);
    const nettrix = '/v1/listed?name=Nettrix%20Information%20Industry%20Co.,%20Ltd.';
    expect((await ask(port, `${nettrix}&asOf=2025-03-24`)).listed).toBe('no');
    expect((await ask(port, `${nettrix}&asOf=2025-03-25`)).listed).toBe('yes');
    expect(postgresOf(data('first'))).not.toBeNull();
    await stop(started);
    expect(postgresOf(data('first'))).toBeNull();
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  });

  it('shows three questions and their answers', async () => {
    const port = await freePort();
    const started = start({ data: data('first'), port });
    await started.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    await started.says(/(\?[^]*){3}/);
    expect(started.said).toMatch(/Nettrix/);
    expect(await stop(started)).toBe(0);
  });

  it('starts again with what it had, and loads nothing twice', async () => {
    const port = await freePort();
    const once = start({ data: data('second'), port });
    await once.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    const { knownAt } = await ask(port, '/v1/lists');
    await stop(once);
    const again = start({ data: data('second'), port });
    await again.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect((await ask(port, '/v1/lists')).knownAt.position).toBe(knownAt.position);
    expect(again.said).not.toMatch(LOADING);
    await stop(again);
  });

  it('stops everything on Ctrl-C while it is loading, and loads the rest at the next start', async () => {
    const port = await freePort();
    const interrupted = start({ data: data('interrupted'), port });
    await interrupted.says(LOADING);
    await stop(interrupted);
    expect(postgresOf(data('interrupted'))).toBeNull();
    const again = start({ data: data('interrupted'), port });
    await again.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect(await editionsAt(port)).toEqual(SAMPLE);
    await stop(again);
  });

  it('starts again after kill -9 of everything', async () => {
    const port = await freePort();
    const killed = start({ data: data('killed'), port });
    await killed.says(LOADING);
    process.kill(postgresOf(data('killed'))!, 'SIGKILL');
    killed.signal('SIGKILL');
    await killed.end();
    const again = start({ data: data('killed'), port });
    await again.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect(await editionsAt(port)).toEqual(SAMPLE);
    expect(await stop(again)).toBe(0);
    expect(postgresOf(data('killed'))).toBeNull();
  });

  it('takes over the PostgreSQL that a killed process left running', async () => {
    const port = await freePort();
    const killed = start({ data: data('killed'), port });
    await killed.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    const left = postgresOf(data('killed'));
    killed.signal('SIGKILL');
    await killed.end();
    expect(postgresOf(data('killed'))).toBe(left);
    const again = start({ data: data('killed'), port });
    await again.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect(postgresOf(data('killed'))).toBe(left);
    await stop(again);
    expect(postgresOf(data('killed'))).toBeNull();
  });

  it('loads no sample into a database that has lists of its own', async () => {
    const port = await freePort();
    const env = { ...process.env, LISTORY_DATA: data('own'), LISTORY_DATABASE_URL: '' };
    const own = new Running(
      process.execPath,
      ['bin/listory.mjs', 'import', 'us-bis-el', 'infra/sample/us-bis-el/2019-01-15.csv'],
      { cwd: copy.folder, env },
    );
    running.push(own);
    expect(await own.end()).toBe(0);
    const started = start({ data: data('own'), port });
    await started.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect(await editionsAt(port)).toEqual({ 'us-bis-el': 1 });
    expect(await stop(started)).toBe(0);
  });

  it('runs twice at once, on two folders and ports', async () => {
    const ports = { one: await freePort(), other: await freePort() };
    const both = Object.entries(ports).map(([name, port]) => ({
      name,
      port,
      started: start({ data: data(name), port }),
    }));
    for (const { port, started } of both) await started.says(new RegExp(`http://127\\.0\\.0\\.1:${port}`));
    expect(postgresOf(data('one'))).not.toBe(postgresOf(data('other')));
    for (const { port } of both) expect(await editionsAt(port)).toEqual(SAMPLE);
    for (const { name, started } of both) {
      await stop(started);
      expect(postgresOf(data(name))).toBeNull();
    }
  });

  it('says that its port is taken and what to do, and leaves nothing running', async () => {
    const taken: Server = createServer();
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    );
    try {
      const started = start({ data: data('taken'), port });
      expect(await started.end()).toBe(1);
      expect(started.said).toMatch(new RegExp(`${port}`));
      expect(started.said).toMatch(/LISTORY_PORT/);
      expect(started.said).not.toMatch(/\n\s+at /);
      expect(postgresOf(data('taken'))).toBeNull();
    } finally {
      taken.close();
    }
  });
});
