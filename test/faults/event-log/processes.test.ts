import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkpointsOf, headPosition } from '@listory/event-log';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { record } from './sample.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
let children: ChildProcess[] = [];
beforeEach(async () => {
  fresh = await freshDatabase();
  pool = fresh.database.pool;
  await pool.query('create table view (list text primary key, events int, last text, trace text)');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await fresh.drop();
});

const LOADER = new URL('../../support/typescript.mjs', import.meta.url).href;
const PROJECTOR = fileURLToPath(new URL('projector-process.ts', import.meta.url));

/** A projector in a process of its own; `lines` are what it says, as they come. */
function startProjector(onLine: (line: string, child: ChildProcess) => void = () => {}): ChildProcess & { errors: string } {
  const child = Object.assign(spawn(process.execPath, ['--import', LOADER, PROJECTOR, fresh.url], { stdio: ['ignore', 'pipe', 'pipe'] }), { errors: '' });
  child.stderr!.on('data', (text) => (child.errors += text));
  createInterface(child.stdout!).on('line', (line) => onLine(line, child));
  children.push(child);
  return child;
}

/** The view as a plain replay of the log gives it. */
async function expected(): Promise<unknown[]> {
  const { rows } = await pool.query(`
    with recursive numbered as (select list, version, event_id::text as id from log.events),
    replay as (
      select list, version, id, md5(id) as trace from numbered where version = 1
      union all
      select n.list, n.version, n.id, md5(r.trace || n.id) from replay r join numbered n on n.list = r.list and n.version = r.version + 1
    )
    select distinct on (list) list, version::int as events, id as last, trace from replay order by list, version desc`);
  return rows;
}

async function view(): Promise<unknown[]> {
  return (await pool.query('select list, events, last, trace from view order by list')).rows;
}

async function untilSeen(position: bigint, alive: () => boolean): Promise<void> {
  while ((await checkpointsOf(pool, ['view']))[0]! < position) {
    if (!alive()) throw new Error(children.map((child) => (child as unknown as { errors: string }).errors).join('\n'));
    await sleep(20);
  }
}

const running = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

describe('a projector killed with -9 between its effect and its checkpoint, again and again', () => {
  it('leaves in the end the same view as a plain replay', async () => {
    for (let n = 0; n < 200; n++) await record(pool, `l${n % 3}`, 1 + (n % 4));
    const head = await headPosition(pool);
    for (let round = 0; round < 12; round++) {
      // From right after the effect to after the commit.
      const child = startProjector((line, self) => {
        if (line.startsWith('effect')) setTimeout(() => self.kill('SIGKILL'), Math.random() * 4);
      });
      await once(child, 'exit');
      expect([child.signalCode, child.errors]).toEqual(['SIGKILL', '']);
    }
    expect((await checkpointsOf(pool, ['view']))[0]).toBeLessThan(head);
    const last = startProjector();
    await untilSeen(head, () => running(last));
    expect(await view()).toEqual(await expected());
  });
});

describe('three projectors under one name', () => {
  it('apply each event once, and when the one at work is killed another goes on', async () => {
    let atWork: ChildProcess | null = null;
    let ready = 0;
    const three = [1, 2, 3].map(() =>
      startProjector((line, self) => {
        if (line === 'ready') ready++;
        if (line.startsWith('effect')) atWork = self;
      }),
    );
    while (ready < 3 && three.every(running)) await sleep(10);
    for (let n = 0; n < 30; n++) await record(pool, `l${n % 3}`, 2);
    await untilSeen(await headPosition(pool), () => three.some(running));
    (atWork as unknown as ChildProcess).kill('SIGKILL');
    for (let n = 0; n < 30; n++) await record(pool, `l${n % 3}`, 2);
    await untilSeen(await headPosition(pool), () => three.some(running));
    expect(three.filter(running).length).toBe(2);
    expect(await view()).toEqual(await expected());
  });
});

describe('SIGTERM in mid-batch', () => {
  it('lets the batch end, and the process by itself', async () => {
    for (let n = 0; n < 30; n++) await record(pool, 'a', 2);
    const said: string[] = [];
    const child = startProjector((line, self) => {
      said.push(line);
      if (line.startsWith('effect')) self.kill('SIGTERM');
    });
    await once(child, 'exit');
    expect([child.exitCode, child.errors]).toEqual([0, '']);
    expect(said.at(-1)).toBe('ended');
    const [position] = await checkpointsOf(pool, ['view']);
    expect(said).toContain(`effect ${position}`);
  });
});
