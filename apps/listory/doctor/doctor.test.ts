import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { append, streamVersions } from '@listory/event-log';
import { catchUpViews } from '@listory/views';
import { startSchedule } from '@listory/fetching';
import { Child, endChildren } from '../../../test/support/child.js';
import { Collector } from '../../../test/support/collector.js';
import { sdnFiles } from '../../../test/support/editions.js';
import type { Diagnosis } from './diagnosis.js';

const LISTORY = fileURLToPath(new URL('../main.ts', import.meta.url));

let collector: Collector;
beforeAll(async () => {
  collector = await Collector.fresh();
  const parties = Array.from({ length: 40 }, (_, index): [number, string] => [index + 1, `PARTY ${index + 1}`]);
  await collector.import('us-ofac-sdn', sdnFiles(parties, null, null), { date: '2024-01-01' });
});
afterEach(endChildren);
afterAll(() => collector?.drop());

async function doctor(env: Record<string, string> = {}): Promise<{ status: unknown; found: Diagnosis[] }> {
  const child = new Child(LISTORY, ['doctor', '--json'], { env: { LISTORY_DATABASE_URL: collector.url, LISTORY_KAFKA_BROKERS: '', ...env } });
  const status = await child.end();
  return { status, found: child.lines.map((line) => JSON.parse(line) as Diagnosis) };
}

function about(found: Diagnosis[], name: string): Diagnosis | undefined {
  return found.find((one) => one.about === name);
}

describe('the doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { status, found } = await doctor();
    expect([status, found.filter(({ state }) => state !== 'ok')]).toEqual([0, []]);
    expect(found.map((one) => one.about)).toEqual(expect.arrayContaining(['database', 'clock', 'connections', 'view:listings', 'view:editions', 'kafka']));
  });

  it('names a broker that is away, and that imports go on', async () => {
    const { status, found } = await doctor({ LISTORY_KAFKA_BROKERS: '127.0.0.1:1' });
    expect(status).toBe(1);
    expect(about(found, 'kafka')).toMatchObject({ state: 'wrong', found: expect.stringMatching(/127\.0\.0\.1:1/), advice: expect.stringMatching(/catches up/) });
  });

  it('names a database that is away', async () => {
    const { status, found } = await doctor({ LISTORY_DATABASE_URL: 'postgresql://x@127.0.0.1:1/x' });
    expect([status, found.map(({ about: what, state }) => [what, state])]).toEqual([1, [['database', 'wrong']]]);
  });

  it('names what waits for a person, what is stale, who is late, and the event at which a view stands', async () => {
    await collector.import('us-ofac-sdn', sdnFiles([[1, 'PARTY 1']], null, null), { date: '2024-02-01' });
    await startSchedule(collector.pool, { source: 'un-sc', intervalS: 60, limitS: 60 });
    await collector.pool.query(`update fetching.schedules set started_at = started_at - interval '2 minutes', failures = 3`);
    await collector.pool.query(`insert into log.checkpoints (name, position) values ('relay:a.topic', 0)`);
    await collector.pool.query(`alter table log.events disable trigger events_never_change; update log.events set recorded_at = recorded_at - interval '1 hour' where position = 1;
      alter table log.events enable always trigger events_never_change`);
    const nonsense = { id: randomUUID(), list: 'us-ofac-sdn', type: 'identity.linked', subject: 'us-ofac-sdn:1', effectiveAt: '2024-01-01', cause: 'identity', changeClass: null, schemaVersion: 1, data: {} };
    await append(collector.pool, { expected: await streamVersions(collector.pool, ['us-ofac-sdn']), events: [nonsense] });
    await catchUpViews(collector.pool).catch(() => {});
    const { status, found } = await doctor();
    expect(status).toBe(1);
    expect(about(found, 'held us-ofac-sdn')).toMatchObject({ state: 'watch', advice: expect.stringMatching(/listory release/) });
    expect(about(found, 'fetching un-sc')).toMatchObject({ state: 'wrong', found: expect.stringMatching(/never, 3 failures/) });
    expect(about(found, 'relay:a.topic')).toMatchObject({ state: 'wrong', advice: expect.stringMatching(/Does a relay run/) });
    expect(about(found, 'view:listings')).toMatchObject({ state: 'wrong', found: expect.stringMatching(/cannot read the event at position/) });
  });
});
