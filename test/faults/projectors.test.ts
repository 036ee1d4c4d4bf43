import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { append, checkpointsOf, headPosition, type NewEvent, type RecordedEvent } from '@listory/event-log';
import { compareWithRebuild, followerOf, prepareViews, views } from '@listory/views';
import type { Pool } from 'pg';
import { Child, endChildren } from '../support/child.js';
import { Collector } from '../support/collector.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { documentsOf, inventedEdition } from '../support/invented.js';

const AT_WORK = fileURLToPath(new URL('processes/at-work.ts', import.meta.url));

/** Where all was recorded and projected without trouble, and what was recorded: append by append. */
let whole: Collector;
let appends: RecordedEvent[][];
beforeAll(async () => {
  whole = await Collector.fresh();
  // Large editions, that a projector needs several batches for, and then small ones.
  for (let number = 0; number < 200; number += 40) await whole.importOne('us-ofac-sdn', documentsOf('us-ofac-sdn', number, 900), { date: `20${10 + number / 40}-01-01`, releaseReason: 'invented' });
  for (let number = 0; number < 24; number++) {
    const { source, documents, options } = inventedEdition(number);
    await whole.import(source, documents, options);
  }
  appends = appendsOf(await whole.events());
}, 120_000);
afterAll(() => whole?.drop());

function appendsOf(events: readonly RecordedEvent[]): RecordedEvent[][] {
  const found = new Map<bigint, RecordedEvent[]>();
  for (const event of events) {
    const known = found.get(event.batchEnd);
    if (known) known.push(event);
    else found.set(event.batchEnd, [event]);
  }
  return [...found.values()];
}

let fresh: FreshDatabase;
let pool: Pool;
let recorded: number;
beforeEach(async () => {
  fresh = await freshDatabase();
  pool = fresh.database.pool;
  recorded = 0;
  await prepareViews(pool);
});
afterEach(async () => {
  await endChildren();
  await fresh?.drop();
});

/** Records the next appends, up to this number of them in all, and projects nothing. */
async function recordUpTo(count: number): Promise<void> {
  for (; recorded < count; recorded++) {
    const events = appends[recorded]!.map(asNew);
    await append(pool, { expected: new Map(events.map((event) => [event.list, 'any' as const])), events });
  }
}

function asNew({ position: _position, version: _version, batchEnd: _batchEnd, recordedAt: _recordedAt, ...event }: RecordedEvent): NewEvent {
  return event;
}

async function startProjector(name: string): Promise<Child> {
  const child = new Child(AT_WORK, [fresh.url, name], { light: true });
  await child.says(/^ready$/);
  child.tell('project');
  await child.says(/^projecting$/);
  return child;
}

async function startProjectors(...names: string[]): Promise<Map<string, Child>> {
  return new Map(await Promise.all(names.map(async (name) => [name, await startProjector(name)] as const)));
}

/** Waits until one of these is in the middle of a batch of the listings view: it has the checkpoint locked. */
async function ownerAmong(projectors: ReadonlyMap<string, Child>): Promise<string> {
  for (;;) {
    const owner = await owningSession();
    if (owner && projectors.has(owner.name)) return owner.name;
    await sleep(2);
  }
}

/** The session that has the checkpoint of the listings view locked. */
async function owningSession(): Promise<{ name: string; state: string } | undefined> {
  const { rows } = await pool.query(
    `select a.application_name as name, a.state from log.checkpoints c join pg_stat_activity a on a.backend_xid = c.xmax where c.name = 'view:listings'`,
  );
  return rows[0];
}

/** Waits until every view has seen the whole log. */
async function untilProjected(projectors: Iterable<Child>): Promise<void> {
  const names = views.map(followerOf);
  for (;;) {
    const head = await headPosition(pool);
    if ((await checkpointsOf(pool, names)).every((position) => position === head)) return;
    for (const child of projectors) if (!child.isRunning || complaints(child).length > 0) throw new Error(`A projector ended or stands still: ${child.errors}`);
    await sleep(10);
  }
}

/** What a projector said besides that it waits for a database that is away. */
function complaints(child: Child): string[] {
  return child.errors.split('\n').filter((line) => line !== '' && !/^View \w+ waits: /.test(line));
}

async function expectViewsRight(): Promise<void> {
  for (const { name } of views) expect(await compareWithRebuild(pool, name)).toEqual([]);
  if (recorded < appends.length) return;
  const lists = [...new Set(appends.flat().map((event) => event.list))];
  expect(await new Collector(fresh.database).md5OfHistory(...lists)).toBe(await whole.md5OfHistory(...lists));
}

describe('three projectors on one database', () => {
  it('when the one at work is killed -9 amid a backlog, another goes on, and each event is projected once', async () => {
    await recordUpTo(5);
    const projectors = await startProjectors('one', 'two', 'three');
    const killed = await ownerAmong(projectors);
    await projectors.get(killed)!.kill();
    projectors.delete(killed);
    expect((await checkpointsOf(pool, ['view:listings']))[0]).toBeLessThan(await headPosition(pool));
    await untilProjected(projectors.values());
    await recordUpTo(appends.length);
    await untilProjected(projectors.values());
    expect([...projectors.values()].map((child) => child.isRunning)).toEqual([true, true]);
    await expectViewsRight();
  });

  it('when the one at work is frozen amid a batch, another goes on, and the frozen one writes nothing when it wakes', async () => {
    await recordUpTo(5);
    const projectors = await startProjectors('one', 'two', 'three');
    const frozen = await freezeAmidBatch(projectors);
    const sleeper = projectors.get(frozen)!;
    projectors.delete(frozen);
    await untilProjected(projectors.values());
    sleeper.signal('SIGCONT');
    await recordUpTo(15);
    await untilProjected(projectors.values());
    for (const child of projectors.values()) {
      child.signal('SIGTERM');
      expect([await child.end(), complaints(child)]).toEqual([0, []]);
    }
    await recordUpTo(appends.length);
    await untilProjected([sleeper]);
    expect(sleeper.isRunning).toBe(true);
    await expectViewsRight();
  });

  it('one that slept while another worked does not go by what it remembers', async () => {
    await recordUpTo(10);
    const sleeper = await startProjector('sleeper');
    await untilProjected([sleeper]);
    await stopBetweenBatches(sleeper);
    const other = await startProjector('other');
    await recordUpTo(18);
    await untilProjected([other]);
    other.signal('SIGTERM');
    expect([await other.end(), other.errors]).toEqual([0, '']);
    sleeper.signal('SIGCONT');
    await recordUpTo(appends.length);
    await untilProjected([sleeper]);
    await expectViewsRight();
  });
});

/** Stops the owner in the middle of a batch, between two statements. */
async function freezeAmidBatch(projectors: ReadonlyMap<string, Child>): Promise<string> {
  for (;;) {
    const name = await ownerAmong(projectors);
    projectors.get(name)!.signal('SIGSTOP');
    await sleep(50);
    const owner = await owningSession();
    if (owner?.name === name && owner.state === 'idle in transaction') return name;
    projectors.get(name)!.signal('SIGCONT');
  }
}

/** Stops a projector that has nothing to do; where it is just looking at the log, it may look to its end first. */
async function stopBetweenBatches(projector: Child): Promise<void> {
  for (;;) {
    projector.signal('SIGSTOP');
    const { rows } = await pool.query(`select from pg_stat_activity where application_name = 'sleeper' and xact_start is not null`);
    if (rows.length === 0) return;
    projector.signal('SIGCONT');
    await sleep(5);
  }
}
