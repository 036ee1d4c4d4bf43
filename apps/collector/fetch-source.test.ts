import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandBus } from '@nestjs/cqrs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshness } from '@listory/fetching';
import { Collector, TODAY } from '../../test/support/collector.js';
import { sdnFiles } from '../../test/support/editions.js';
import { Publisher } from '../../test/support/publisher.js';
import { unList } from '../../test/support/un-list.js';
import { Clock } from './clock.js';
import { FetchSource, FetchSourceHandler, type FetchOutcome } from './fetch-source.js';
import { readFetchingConfig } from './fetching-config.js';
import { ImportEdition, ImportEditionHandler } from './import-edition.js';

let publisher: Publisher;
let collector: Collector;
beforeAll(async () => {
  publisher = await Publisher.start();
});
afterAll(() => publisher?.stop());
beforeEach(async () => {
  collector = await Collector.fresh();
  publisher.requests.length = 0;
});
afterEach(() => collector?.drop());


const PATHS = { 'us-ofac-sdn': ['sdn.csv', 'add.csv', 'alt.csv'], 'un-sc': ['consolidated.xml'] } as const;
type Fetched = keyof typeof PATHS;

function urls(source: Fetched): Map<string, string> {
  return new Map(PATHS[source].map((part) => [`${source}/${part}`, publisher.url(`/${part}`)]));
}

/** What the command bus does with the collector's two commands. */
function bus(): CommandBus {
  const imports = new ImportEditionHandler(collector.database);
  const execute = async (command: unknown) => (command instanceof ImportEdition ? imports.execute(command) : fetches().execute(command as FetchSource));
  const fetches = () => new FetchSourceHandler(collector.database, { execute } as never);
  return { execute } as never;
}

function fetch(source: Fetched, today = TODAY): Promise<FetchOutcome> {
  const options = { limits: new Map() as never, urls: urls(source), signal: new AbortController().signal, today, patience: { pauseMs: 1 } };
  return bus().execute(new FetchSource(source, options));
}

function publishSdn(version: string, { street = 'Calle 1', names = ['ACME', 'BETA'] } = {}): void {
  const files = sdnFiles(
    names.map((name, index) => [index + 1, name]),
    names.map((_name, index) => [index + 1, 1, street, 'Havana', 'Cuba']),
    [[1, 1, 'ACME LTD']],
  );
  const parts = { 'sdn.csv': names.join(), 'add.csv': street, 'alt.csv': 'same' } as Record<string, string>;
  for (const { name, bytes } of files) publisher.publish(`/${name}`, bytes, `${parts[name]} ${version}`);
}

async function eventTypes(): Promise<string[]> {
  return (await collector.events()).map(({ type }) => type);
}

describe('fetching a publication', () => {
  it('takes its parts in as one edition; what has not changed is not sent again, and recorded as seen', async () => {
    publishSdn('');
    expect(await fetch('us-ofac-sdn', '2024-01-01')).toMatchObject({ reached: true, results: [{ outcome: 'baseline', added: 2 }] });
    publisher.requests.length = 0;
    expect(await fetch('us-ofac-sdn', '2024-01-01')).toMatchObject({ reached: true, results: [{ outcome: 'duplicate' }] });
    expect(await fetch('us-ofac-sdn', '2024-01-02')).toMatchObject({ reached: true, results: [{ outcome: 'unchanged', date: '2024-01-02' }] });
    expect(publisher.requests.every((one) => one.endsWith(' 304'))).toBe(true);
    expect(publisher.requests.length).toBeGreaterThanOrEqual(6);
  });

  it('completes a changed part with the others as they were', async () => {
    publishSdn('');
    await fetch('us-ofac-sdn', '2024-01-01');
    publishSdn('', { street: 'Calle 2' });
    expect(await fetch('us-ofac-sdn', '2024-01-02')).toMatchObject({ results: [{ outcome: 'changed', changed: 2, removed: 0 }] });
    expect(await collector.namesOn('us-ofac-sdn', '2024-01-02')).toEqual(['ACME', 'BETA']);
    expect(await eventTypes()).not.toContain('alias.removed');
  });

  it('records a failure with its reason, and nothing else', async () => {
    publisher.answer('/consolidated.xml', (_request, response) => void response.writeHead(500).end());
    expect(await fetch('un-sc')).toMatchObject({ reached: false, problem: expect.stringMatching(/status 500/) });
    const events = await collector.events();
    expect(events.map(({ type, list, data }) => [type, list, data.outcome, data.problem])).toEqual([['fetch.failed', 'un-sc', 'failed', expect.stringMatching(/consolidated\.xml could not be fetched: it answered with status 500/)]]);
    expect(await collector.verify()).toEqual([]);
  });

  it('asks another address for everything', async () => {
    const entry = { reference: 'QDe.1', name: 'ACME', listedOn: '2020-01-01' };
    publisher.publish('/consolidated.xml', unList([entry]), '1');
    await fetch('un-sc', '2024-01-01');
    publisher.publish('/mirror.xml', unList([entry, { ...entry, reference: 'QDe.2', name: 'BETA' }]), '1');
    const options = { limits: new Map() as never, urls: new Map([['un-sc/consolidated.xml', publisher.url('/mirror.xml')]]), signal: new AbortController().signal, today: '2024-01-02' };
    expect(await bus().execute(new FetchSource('un-sc', options))).toMatchObject({ reached: true, results: [{ added: 1 }] });
  });

  it('asks for everything where the archive has lost what came before', async () => {
    publisher.publish('/consolidated.xml', unList([{ reference: 'QDe.1', name: 'ACME', listedOn: '2020-01-01' }]), '1');
    await fetch('un-sc');
    await collector.tamper('archive.documents', 'delete from archive.documents');
    await expect(fetch('un-sc')).rejects.toThrow(/archive/);
    expect(await fetch('un-sc')).toMatchObject({ reached: true });
    expect(await collector.verify()).toEqual([]);
  });

  it('refuses a page that is no list, delists nobody, and asks for the whole file the next time', async () => {
    const entry = { reference: 'QDe.1', name: 'ACME', listedOn: '2020-01-01' };
    publisher.publish('/consolidated.xml', unList([entry]), '1');
    await fetch('un-sc');
    publisher.publish('/consolidated.xml', Buffer.from('<html><body>Maintenance</body></html>'), '2');
    expect(await fetch('un-sc')).toMatchObject({ reached: false, problem: expect.stringMatching(/un-sc refused/) });
    publisher.requests.length = 0;
    expect(await fetch('un-sc')).toMatchObject({ reached: false });
    expect(publisher.requests).toEqual(['GET /consolidated.xml 200']);
    expect((await collector.viewOf('un-sc', '2029-01-01')).size).toBe(1);
  });
});

describe('fetching by the clock', () => {
  const settings = (env: Record<string, string>) => readFetchingConfig(new Map() as never, 'off', env);

  it('fetches when it is due, by one of two collectors at a time; the other goes on when that one ends', async () => {
    publisher.publish('/consolidated.xml', unList([{ reference: 'QDe.1', name: 'ACME', listedOn: '2020-01-01' }]), '1');
    const config = settings({ LISTORY_FETCH: 'un-sc=1s', LISTORY_FETCH_URLS: `un-sc/consolidated.xml=${publisher.url('/consolidated.xml')}` });
    const clocks = [0, 1].map(() => new Clock(collector.database, bus(), config));
    for (const clock of clocks) clock.onApplicationBootstrap();
    await requested(3);
    const [first, second] = clocks as [Clock, Clock];
    await first.beforeApplicationShutdown();
    const before = publisher.requests.length;
    await requested(before + 2);
    await second.beforeApplicationShutdown();
    const { rows } = await collector.pool.query<{ pause: number }>(
      'select extract(epoch from recorded_at - lag(recorded_at) over (order by position))::float8 as pause from (select distinct on (batch_end) * from log.events order by batch_end) e',
    );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(Math.min(...rows.map(({ pause }) => pause ?? 9))).toBeGreaterThan(0.9);
    expect(await freshness(collector.pool)).toMatchObject([{ source: 'un-sc', failures: 0, isStale: false }]);
  });

  it('waits longer after failures, and says that a list is stale when it was not reached for too long', async () => {
    publisher.answer('/consolidated.xml', (_request, response) => void response.writeHead(403).end());
    const config = settings({ LISTORY_FETCH: 'un-sc=1h', LISTORY_FETCH_URLS: `un-sc/consolidated.xml=${publisher.url('/consolidated.xml')}` });
    const clock = new Clock(collector.database, bus(), config);
    clock.onApplicationBootstrap();
    while ((await freshness(collector.pool))[0]?.failures !== 1) await sleep(10);
    await clock.beforeApplicationShutdown();
    const [state] = await freshness(collector.pool);
    const pause = (Date.parse(state!.nextDue) - Date.now()) / 1000;
    expect([pause > 200, pause < 331, state!.isStale]).toEqual([true, true, false]);
    await collector.pool.query(`update fetching.schedules set started_at = started_at - interval '25 hours'`);
    expect((await freshness(collector.pool))[0]!.isStale).toBe(true);
  });

  it('comes no sooner than the publisher asks it to', async () => {
    publisher.answer('/consolidated.xml', (_request, response) => void response.writeHead(503, { 'retry-after': '7200' }).end());
    const clock = new Clock(collector.database, bus(), settings({ LISTORY_FETCH: 'un-sc=1h', LISTORY_FETCH_URLS: `un-sc/consolidated.xml=${publisher.url('/consolidated.xml')}` }));
    clock.onApplicationBootstrap();
    while ((await freshness(collector.pool))[0]?.failures !== 1) await sleep(10);
    await clock.beforeApplicationShutdown();
    expect(Date.parse((await freshness(collector.pool))[0]!.nextDue) - Date.now()).toBeGreaterThan(7_100_000);
  });

  it.each([
    [{ LISTORY_FETCH: 'un-sc=often' }, /LISTORY_FETCH has 'un-sc=often'/],
    [{ LISTORY_FETCH: 'eu=1h' }, /one of these lists: .*un-sc/],
    [{ LISTORY_FETCH_URLS: 'un-sc/x.xml=http://a/' }, /an address for one of these: .*un-sc\/consolidated\.xml/],
  ])('refuses settings that it cannot use', (env, problem) => {
    expect(() => settings(env as Record<string, string>)).toThrow(problem);
  });

  async function requested(count: number): Promise<void> {
    while (publisher.requests.length < count) await sleep(20);
  }
});
