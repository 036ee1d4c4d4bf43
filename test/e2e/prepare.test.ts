import { chmodSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { installation, Running, type Installation } from './installation.js';

let copy: Installation;
const at = (name: string) => path.join(copy.folder, name);
const BROKEN = 'apps/listory/broken.ts';

function listory(env: NodeJS.ProcessEnv = {}): Running {
  return new Running(process.execPath, ['bin/listory.mjs', '--version'], {
    cwd: copy.folder,
    env: { ...process.env, ...env },
  });
}

/** Runs it to its end. */
async function ran(started = listory()): Promise<{ status: number | string; said: string }> {
  return { status: await started.end(), said: started.said };
}

/** Changes what is built, without changing what it does. */
function touchSources(): void {
  writeFileSync(at('apps/listory/output.ts'), `${readFileSync(at('apps/listory/output.ts'), 'utf8')}\n// once more\n`);
}

jest.setTimeout(120_000);
beforeAll(() => {
  copy = installation();
  rmSync(at('dist'), { recursive: true, force: true });
});
afterAll(() => copy.remove());

describe('the first command after a change', () => {
  it('builds, once, however many start at once', async () => {
    const all = await Promise.all([ran(), ran(), ran(), ran()]);
    expect(all.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(
      all
        .map(({ said }) => said)
        .join('')
        .match(/Building/g),
    ).toHaveLength(1);
  });

  it('builds nothing where only times have changed', async () => {
    const later = new Date(Date.now() + 3_600_000);
    for (const name of ['apps/listory/main.ts', 'package-lock.json', 'tsconfig.json'])
      utimesSync(at(name), later, later);
    expect(await ran()).toEqual({ status: 0, said: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('says what does not compile, and keeps the build that there was', async () => {
    const before = readFileSync(at('dist/.built-from'), 'utf8');
    writeFileSync(at(BROKEN), 'export const broken = ;\n');
    const { status, said } = await ran();
    expect(status).toBe(1);
    expect(said).toMatch(/broken\.ts/);
    expect(said).toMatch(/nest build failed/);
    expect(readFileSync(at('dist/.built-from'), 'utf8')).toBe(before);
    rmSync(at(BROKEN));
    expect((await ran()).said).not.toMatch(/Building/);
  });

  it('builds after one that was killed while it built, and leaves nothing of that', async () => {
    touchSources();
    const killed = listory();
    await killed.says(/Building/);
    killed.signal('SIGKILL');
    await killed.end();
    const { status, said } = await ran();
    expect(status).toBe(0);
    expect(said).toMatch(/Building/);
    expect(readdirSync(copy.folder).filter((name) => name.startsWith('.build-'))).toEqual([]);
    expect(readdirSync(at('.build'))).toEqual(['.gitignore']);
  });

  it('does not break one that is running', async () => {
    const server = new Running(process.execPath, ['bin/listory.mjs', 'serve', '--port', '0'], {
      cwd: copy.folder,
      env: { ...process.env, LISTORY_DATA: at('data'), LISTORY_DATABASE_URL: '' },
    });
    await server.says(/answers at/);
    touchSources();
    expect((await ran()).said).toMatch(/Building/);
    const url = /http:\/\/\S+/.exec(server.said)![0];
    for (const question of ['/v1/lists', '/v1/listed?name=Nobody', '/openapi.json'])
      expect((await fetch(url + question)).status).toBe(200);
    server.signal('SIGINT');
    expect(await server.end()).toBe(0);
  });
});

describe('the first command in a checkout', () => {
  const standIn = (script: string) => {
    writeFileSync(at('npm'), `#!/bin/sh\n${script}\n`);
    chmodSync(at('npm'), 0o755);
    return { PATH: `${copy.folder}${path.delimiter}${process.env.PATH}`, npm_execpath: '' };
  };

  it('installs what package-lock.json names, with what building needs, and then runs', async () => {
    renameSync(at('node_modules'), at('packages'));
    const env = standIn('echo "npm $*" >&2; mv packages node_modules');
    const { status, said } = await ran(listory({ ...env, NODE_ENV: 'production' }));
    expect(said).toMatch(/npm ci --include=dev/);
    expect(status).toBe(0);
  });

  it('installs again where package-lock.json names another version', async () => {
    const lock = readFileSync(at('package-lock.json'), 'utf8');
    const named = JSON.parse(lock);
    named.packages['node_modules/commander'].version = '0.0.1';
    writeFileSync(at('package-lock.json'), JSON.stringify(named));
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(at('package-lock.json'), later, later);
    const { status, said } = await ran(listory(standIn('exit 7')));
    expect(status).toBe(1);
    expect(said).toMatch(/npm ci failed \(exit status 7\)/);
    writeFileSync(at('package-lock.json'), lock);
    expect((await ran()).status).toBe(0);
  });

  it('says which Node it needs, before anything else', async () => {
    const settings = readFileSync(at('package.json'), 'utf8');
    writeFileSync(at('package.json'), settings.replace(/"node": ">=[\d.]+"/, '"node": ">=99.1"'));
    const { status, said } = await ran();
    writeFileSync(at('package.json'), settings);
    expect(status).toBe(1);
    expect(said).toContain(`Listory needs Node.js 99.1 or newer, but ${process.execPath} is ${process.versions.node}.`);
    expect(said).not.toMatch(/Building|\n\s+at /);
  });
});
