import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Child, endChildren } from '../support/child.js';
import { Publisher } from '../support/publisher.js';
import { unList } from '../support/un-list.js';
import { dropDatabase, emptyDatabase } from '../support/database.js';

const APPS = new URL('../../apps/', import.meta.url);
const EDITION = fileURLToPath(new URL('../../infra/sample/us-bis-el/2019-06-24.csv', import.meta.url));

let url: string;
beforeAll(async () => {
  url = await emptyDatabase();
});
afterEach(endChildren);
afterAll(() => dropDatabase(url));

/** A service as its start command runs it, on a port that is free. */
async function service(name: 'api' | 'collector' | 'projector', databaseUrl = url, more: Record<string, string> = {}): Promise<{ process: Child; at: string }> {
  const process = new Child(fileURLToPath(new URL(`${name}/main.ts`, APPS)), [], { env: { LISTORY_DATABASE_URL: databaseUrl, LISTORY_PORT: '0', ...more } });
  const line = await process.says(/tells how it is at/);
  return { process, at: /(http:\S+)\/health\/ready/.exec(line)![1]! };
}

function listory(...args: string[]): Child {
  return new Child(fileURLToPath(new URL('listory/main.ts', APPS)), args, { env: { LISTORY_DATABASE_URL: url } });
}

async function sql(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function json(at: string): Promise<Record<string, unknown>> {
  return (await (await fetch(at)).json()) as Record<string, unknown>;
}

describe('the services as processes of their own, on one database', () => {
  it('start on an empty database at once, record in one, project in another, answer in a third, and stop when told to', async () => {
    const [projector, other, api] = await Promise.all([service('projector'), service('projector'), service('api')]);
    const command = listory('import', 'us-bis-el', EDITION, '--date', '2019-06-24');
    expect([await command.end(), command.errors]).toEqual([0, '']);
    const question = `${api.at}/v1/listed?name=${encodeURIComponent('Sugon')}&asOf=2020-01-01`;
    const deadline = Date.now() + 20_000;
    let answer = await json(question);
    while (answer.listed !== 'yes' && Date.now() < deadline) {
      await sleep(50);
      answer = await json(question);
    }
    expect(answer).toMatchObject({ listed: 'yes' });
    const ready = await json(`${projector.at}/health/ready`);
    expect(ready).toMatchObject({ status: 'ok', views: [{ behind: 0 }, { behind: 0 }] });
    expect(await json(`${other.at}/health/live`)).toEqual({ status: 'ok' });
    for (const { process } of [projector, other, api]) {
      process.signal('SIGTERM');
      expect([await process.end(), process.errors]).toEqual([0, '']);
    }
  }, 90_000);

  it('fetch by the clock, and say in every answer which lists are stale', async () => {
    const publisher = await Publisher.start();
    try {
      publisher.publish('/un.xml', unList([{ reference: 'QDe.1', name: 'ACME', listedOn: '2020-01-01' }]), '1');
      const settings = { LISTORY_FETCH: 'un-sc=1s', LISTORY_FETCH_URLS: `un-sc/consolidated.xml=${publisher.url('/un.xml')}` };
      const [collector, projector, api] = await Promise.all([service('collector', url, settings), service('projector'), service('api')]);
      const publication = async () => ((await json(`${api.at}/v1/lists`)).publications as Record<string, unknown>[]).find((one) => one.publication === 'un-sc');
      while (!((await publication())?.schedule as { reached?: string } | undefined)?.reached) await sleep(50);
      expect(await publication()).toMatchObject({ checked: expect.any(String), schedule: { reached: expect.any(String), failures: 0, stale: false } });
      collector.process.signal('SIGTERM');
      expect([await collector.process.end(), collector.process.errors]).toEqual([0, '']);
      await sql(`update fetching.schedules set reached_at = reached_at - interval '2 days'`);
      await sleep(1_100);
      const answer = await json(`${api.at}/v1/listed?name=ACME&list=un-sc`);
      expect(answer).toMatchObject({ listed: 'yes', coverage: [{ list: 'un-sc', stale: true }] });
      expect(await (await fetch(`${api.at}/metrics`)).text()).toMatch(/^listory_fetch_stale\{publication="un-sc"\} 1$/m);
      projector.process.signal('SIGTERM');
    } finally {
      await publisher.stop();
    }
  }, 90_000);

  it('the API needs no right to write: its role reads everything, also after a rebuild, and can change nothing', async () => {
    const role = `listory_reader_${process.pid}`;
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create role ${role} login password 'read'`);
    try {
      for (const args of [['migrate', '--reader', role], ['rebuild']]) {
        const command = listory(...args);
        expect([await command.end(), command.errors.replaceAll(/^ {2}\w+: \d+ events\n/gm, '')]).toEqual([0, '']);
      }
      const readerUrl = Object.assign(new URL(url), { username: role, password: 'read' }).href;
      const api = await service('api', readerUrl);
      expect(await json(`${api.at}/v1/listed?name=Sugon&asOf=2020-01-01`)).toMatchObject({ listed: 'yes' });
      const reader = new pg.Client({ connectionString: readerUrl });
      await reader.connect();
      const append = `select * from log.append(array[gen_random_uuid()], '[]', array[]::text[], array['us-bis-el'], array[null]::bigint[], 1000)`;
      for (const sql of ['delete from log.events', `update log.checkpoints set position = 0`, append, 'delete from listings.versions', 'create table own (id int)', 'truncate archive.documents']) {
        await expect(reader.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
      await reader.end();
    } finally {
      await endChildren();
      await admin.query(`drop owned by ${role}; drop role ${role}`);
      await admin.end();
    }
  }, 90_000);

  it('say what to do where the port is taken or the database is not there', async () => {
    const first = await service('api');
    const { port } = new URL(first.at);
    const second = new Child(fileURLToPath(new URL('api/main.ts', APPS)), [], { env: { LISTORY_DATABASE_URL: url, LISTORY_PORT: port } });
    expect(await second.end()).toBe(1);
    expect(second.errors).toMatch(new RegExp(`^error: Port ${port} of 127\\.0\\.0\\.1 is taken\\. Stop what`, 'm'));
    const lost = new Child(fileURLToPath(new URL('projector/main.ts', APPS)), [], { env: { LISTORY_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', LISTORY_PORT: '0' } });
    expect(await lost.end()).toBe(1);
    expect(lost.errors).toMatch(/^error: .*127\.0\.0\.1:1/);
  }, 60_000);
});
