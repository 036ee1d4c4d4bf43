import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { endHolders, holder } from '../../test/support/embedded-holder.js';
import { startEmbedded } from './embedded.js';

let above: string;
let folder: string;
let made = '';
beforeEach(() => {
  // mkdtemp makes folders of mode 0700.
  above = mkdtempSync(path.join(tmpdir(), 'listory Ümläut 目录 '));
  folder = path.join(above, 'not yet there', 'data');
});
afterAll(() => {
  if (made) rmSync(made, { recursive: true, force: true });
});
afterEach(async () => {
  endHolders();
  for (const name of readdirSync(above)) await clear(path.join(above, name));
  await clear(folder);
  rmSync(above, { recursive: true, force: true });
});

/** For tests that do not care how a cluster is made: gives the folder a copy of one. */
async function withCluster(): Promise<void> {
  if (!made) {
    made = mkdtempSync(path.join(tmpdir(), 'listory-made-'));
    await (await startEmbedded({ dataFolder: made })).stop();
  }
  mkdirSync(path.dirname(folder), { recursive: true });
  expect(spawnSync('cp', ['-a', made, folder]).status).toBe(0);
}

/** Ends a server that a test has left. */
async function clear(dataFolder: string): Promise<void> {
  const pid = postmaster(dataFolder);
  if (pid === null) return;
  try {
    process.kill(pid, 'SIGKILL');
    await sleep(100);
  } catch {
    // It is gone already.
  }
}

function postmaster(dataFolder: string): number | null {
  const file = path.join(dataFolder, 'postgres/cluster/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
}

async function ask<T = string>(url: string, sql: string): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const result: pg.QueryResult | pg.QueryResult[] = await client.query(sql);
    const [row] = Array.isArray(result) ? [] : result.rows;
    return Object.values(row ?? {})[0] as T;
  } finally {
    await client.end();
  }
}

describe('the embedded server', () => {
  it('starts under a folder of mode 0700 with blanks and letters of any script, and keeps its data', async () => {
    const first = await startEmbedded({ dataFolder: folder });
    expect(first.startedByUs).toBe(true);
    await ask(first.url, `create table kept (n int); insert into kept values (7)`);
    expect(await first.stop()).toBe('stopped');
    expect(postmaster(folder)).toBeNull();
    const second = await startEmbedded({ dataFolder: folder });
    expect(await ask(second.url, 'select n from kept')).toBe(7);
    expect(await second.stop()).toBe('stopped');
  });

  it('is durable, is heard on 127.0.0.1 only, and wants its password, which nobody else can read', async () => {
    const server = await startEmbedded({ dataFolder: folder });
    const setting = (name: string) => ask(server.url, `show ${name}`);
    expect([await setting('fsync'), await setting('synchronous_commit'), await setting('full_page_writes')]).toEqual(['on', 'on', 'on']);
    expect([await setting('listen_addresses'), await setting('unix_socket_directories')]).toEqual(['127.0.0.1', '']);
    expect(await ask(server.url, `select array_to_string(array['a', 'B', 'ä', 'Z'] collate "default", '') || lower('ÄÉ')`)).toBe('aBäZäé');
    expect(statSync(path.join(folder, 'postgres/password')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(folder, 'postgres/cluster')).mode & 0o777).toBe(0o700);
    const wrong = new URL(server.url);
    wrong.password = 'guessed';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });
});

describe('several users of one folder', () => {
  it('within one process: all use one server, and the last one out stops it', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => startEmbedded({ dataFolder: folder })));
    expect(new Set(all.map((one) => one.url)).size).toBe(1);
    expect(all.filter((one) => one.startedByUs).length).toBe(1);
    for (const one of all.slice(1)) expect(await one.stop()).toBe('left running');
    expect(await all[0]!.stop()).toBe('stopped');
  });

  it('as processes that start at the same moment: all use one server, and the last one out stops it', async () => {
    const three = [1, 2, 3].map(() => holder(folder));
    const said = await Promise.all(three.map((one) => one.next()));
    expect(new Set(said.map((one) => one['url'])).size).toBe(1);
    expect(said.filter((one) => one['startedByUs']).length).toBe(1);
    for (const one of three) one.child.stdin!.end();
    const ends = await Promise.all(three.map((one) => one.next()));
    expect(ends.filter((one) => one['stopped'] === 'stopped').length).toBe(1);
    expect(postmaster(folder)).toBeNull();
  });

  it('one coming while another stops it gets a server all the same, again and again', async () => {
    await withCluster();
    let server = await startEmbedded({ dataFolder: folder });
    for (let n = 0; n < 10; n++) {
      const [, next] = await Promise.all([server.stop(), sleep(n * 3).then(() => startEmbedded({ dataFolder: folder }))]);
      expect(await ask(next.url, 'select 1')).toBe(1);
      server = next;
    }
    await server.stop();
  });

  it('a session of somebody else keeps it running', async () => {
    await withCluster();
    const server = await startEmbedded({ dataFolder: folder });
    const psql = new pg.Client(server.url);
    psql.on('error', () => {});
    await psql.connect();
    expect(await server.stop()).toBe('left running');
    const again = await startEmbedded({ dataFolder: folder });
    expect(again.startedByUs).toBe(false);
    await psql.end();
    expect(await again.stop()).toBe('stopped');
  });

  it('different folders have different servers', async () => {
    const two = await Promise.all(['a', 'b'].map((name) => startEmbedded({ dataFolder: path.join(above, name) })));
    expect(new Set(two.map((one) => new URL(one.url).port)).size).toBe(2);
    expect(await Promise.all(two.map((one) => one.stop()))).toEqual(['stopped', 'stopped']);
  });
});

describe('after a kill -9', () => {
  it('of the process that started it, the server is found and used', async () => {
    await withCluster();
    const other = holder(folder);
    const { url } = await other.next();
    await ask(url as string, 'create table kept (n int)');
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
    const server = await startEmbedded({ dataFolder: folder });
    expect([server.url, server.startedByUs]).toEqual([url, false]);
    expect(await ask(server.url, 'select count(*)::int from kept')).toBe(0);
    expect(await server.stop()).toBe('stopped');
  });

  it('of everything, a start in the same moment succeeds, and what was committed is there', async () => {
    await withCluster();
    for (let n = 0; n < 3; n++) {
      const other = holder(folder);
      const { url } = await other.next();
      await ask(url as string, `create table if not exists kept (n int); insert into kept values (${n})`);
      const pid = postmaster(folder)!;
      other.child.kill('SIGKILL');
      process.kill(pid, 'SIGKILL');
      const server = await startEmbedded({ dataFolder: folder });
      expect(server.startedByUs).toBe(true);
      expect(await ask(server.url, 'select count(*)::int from kept')).toBe(n + 1);
      await server.stop();
    }
  });

  it('of the server, a start waits for a query of it that goes on', async () => {
    await withCluster();
    const other = holder(folder);
    const { url } = await other.next();
    const busy = new pg.Client(url as string);
    busy.on('error', () => {});
    await busy.connect();
    busy.query(`do $$ begin loop exit when clock_timestamp() > now() + interval '1.5 seconds'; end loop; end $$`).catch(() => {});
    await sleep(100);
    process.kill(postmaster(folder)!, 'SIGKILL');
    const server = await startEmbedded({ dataFolder: folder });
    expect(server.startedByUs).toBe(true);
    expect(await ask(server.url, 'select 1')).toBe(1);
    await server.stop();
  });

  it('while the cluster is made, nothing half-made is taken for whole', async () => {
    const other = holder(folder);
    while (!existsSync(folder) || !readdirSync(folder).some((name) => name.startsWith('postgres.new-'))) await sleep(5);
    await sleep(150);
    process.kill(-other.child.pid!, 'SIGKILL');
    const server = await startEmbedded({ dataFolder: folder });
    expect(await ask(server.url, 'select 1')).toBe(1);
    await server.stop();
  });

  it('a stale process id that belongs to another program now does not hinder', async () => {
    await withCluster();
    const { uid, gid } = statSync(path.join(folder, 'postgres/cluster'));
    const other = spawn('sleep', ['60'], { uid, gid, cwd: '/' });
    writeFileSync(path.join(folder, 'postgres/cluster/postmaster.pid'), `${other.pid}\n${folder}\n1\n5432\n\n127.0.0.1\n`);
    const server = await startEmbedded({ dataFolder: folder });
    expect(server.startedByUs).toBe(true);
    other.kill();
    await server.stop();
  });

  it('Ctrl-C at the terminal of the process that started it leaves it running', async () => {
    await withCluster();
    const other = holder(folder);
    const { url } = await other.next();
    process.kill(-other.child.pid!, 'SIGINT');
    await sleep(300);
    expect(await ask(url as string, 'select 1')).toBe(1);
    other.child.stdin!.end();
    expect(await other.next()).toEqual({ stopped: 'stopped' });
  });
});

describe('a data folder', () => {
  it('copied while its server runs is a folder of its own', async () => {
    await withCluster();
    const server = await startEmbedded({ dataFolder: folder });
    const copy = path.join(above, 'copy');
    await ask(server.url, 'checkpoint');
    cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
    if (process.geteuid!() === 0) spawnSync('chown', ['-R', '--reference', path.join(folder, 'postgres'), path.join(copy, 'postgres')]);
    const other = await startEmbedded({ dataFolder: copy });
    expect(other.startedByUs).toBe(true);
    expect(other.url).not.toBe(server.url);
    await Promise.all([server.stop(), other.stop()]);
  });

  it('of a newer format is refused', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'listory-format'), '2\n');
    await expect(startEmbedded({ dataFolder: folder })).rejects.toMatchObject({ name: 'DataFolderTooNew', found: 2, known: 1 });
    writeFileSync(path.join(folder, 'listory-format'), 'something else\n');
    await expect(startEmbedded({ dataFolder: folder })).rejects.toMatchObject({ name: 'NotADataFolder' });
  });

  it('with a cluster of another PostgreSQL is refused, with the way out', async () => {
    await withCluster();
    writeFileSync(path.join(folder, 'postgres/cluster/PG_VERSION'), '17\n');
    await expect(startEmbedded({ dataFolder: folder })).rejects.toThrow(/made by PostgreSQL 17.*listory backup/);
  });

  it('with a cluster that is damaged gives PostgreSQL’s own words', async () => {
    await withCluster();
    rmSync(path.join(folder, 'postgres/cluster/global/pg_control'));
    await expect(startEmbedded({ dataFolder: folder })).rejects.toMatchObject({ name: 'EmbeddedServerFailed', log: expect.stringContaining('pg_control') });
  });
});

const asRoot = process.geteuid?.() === 0 ? describe : describe.skip;
asRoot('as root', () => {
  const NOBODY = { uid: 65534, gid: 65534 };

  it('a folder made as another user is used as that user', async () => {
    chmodSync(above, 0o755);
    mkdirSync(folder, { recursive: true });
    for (const dir of [folder, path.dirname(folder)]) chownSync(dir, NOBODY.uid, NOBODY.gid);
    const other = holder(folder, NOBODY);
    expect(await other.next()).toMatchObject({ startedByUs: true });
    const server = await startEmbedded({ dataFolder: folder });
    expect(server.startedByUs).toBe(false);
    other.child.stdin!.end();
    expect(await other.next()).toEqual({ stopped: 'left running' });
    await server.stop();
    const alone = await startEmbedded({ dataFolder: folder });
    expect(alone.startedByUs).toBe(true);
    await alone.stop();
    const back = holder(folder, NOBODY);
    expect(await back.next()).toMatchObject({ startedByUs: true });
    back.child.stdin!.end();
    await back.next();
  });

  it('without setpriv it needs folders that others may pass, and says so', async () => {
    const env = { ...process.env, PATH: above };
    expect(await holder(folder, { env }).next()).toMatchObject({ error: 'EmbeddedServerUnavailable', message: expect.stringMatching(/cannot reach .*setpriv.*chmod o\+x.*LISTORY_DATABASE_URL/) });
    chmodSync(above, 0o711);
    const other = holder(folder, { env });
    expect(await other.next()).toMatchObject({ startedByUs: true });
    other.child.stdin!.end();
    expect(await other.next()).toEqual({ stopped: 'stopped' });
  });
});
