import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { append, headPosition, PoisonEventError, readEvents, type NewEvent } from '@listory/event-log';
import { catchUpAsFarAsReadable, catchUpViews } from '@listory/views';
import { ApiModule } from '../../apps/api/api.module.js';
import { createApi } from '../../apps/api/create-api.js';
import { CollectorModule } from '../../apps/collector/collector.module.js';
import { runCommandLine } from '../../apps/listory/command-line.js';
import { verify } from '../../apps/listory/verification/verify.js';
import { ProjectorModule } from '../../apps/projector/projector.module.js';
import { entityList } from '../support/editions.js';
import { take, takeAll } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
/** The last position that can be read, and the event after it that cannot. */
let stands: bigint;
let poison: bigint;

beforeAll(async () => {
  api = await runApi();
  await takeAll(api.app);
  const { pool } = api.fresh.database;
  stands = await headPosition(pool);
  const about = { list: 'us-bis-el', effectiveAt: '2026-01-01', cause: 'publisher', changeClass: 'substantive', schemaVersion: 1 } as const;
  const good = { list: 'us-bis-el', edition: null, citations: [], dating: 'edition', key: null };
  const sugon = (await readEvents(pool, { after: 0n, type: 'listing.added' }))[0]!.data.listing;
  const events: NewEvent[] = [
    { ...about, id: '00000000-0000-4000-8000-0000000000a1', type: 'listing.added', subject: 'us-bis-el:readable', data: { ...good, listing: sugon } },
    { ...about, id: '00000000-0000-4000-8000-0000000000a2', type: 'listing.added', subject: 'us-bis-el:broken', data: { nothing: 'that is known' } },
  ];
  await append(pool, { expected: new Map([['us-bis-el', 'any' as const]]), events });
  poison = stands + 2n;
  process.env.LISTORY_DATABASE_URL = api.fresh.url;
});
afterAll(async () => {
  delete process.env.LISTORY_DATABASE_URL;
  await api?.stop();
});
afterEach(() => void jest.restoreAllMocks());

/** Runs a command as its process does: its exit status, and what it prints. */
async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  for (const [stream, name] of [[process.stdout, 'out'], [process.stderr, 'err']] as const) {
    jest.spyOn(stream, 'write').mockImplementation(((text: string | Uint8Array, ...rest: unknown[]) => {
      said[name] += Buffer.from(text as Uint8Array).toString();
      (rest.find((one) => typeof one === 'function') as (() => void) | undefined)?.();
      return true;
    }) as never);
  }
  const before = process.exitCode;
  process.exitCode = undefined;
  const status = (await runCommandLine(args)) ?? Number(process.exitCode ?? 0);
  process.exitCode = before;
  jest.restoreAllMocks();
  return { status, ...said };
}

describe('an event that a view cannot read', () => {
  it('stops that view before it; the others go on to the head', async () => {
    const { pool } = api.fresh.database;
    const stopped = await catchUpAsFarAsReadable(pool);
    expect(stopped).toMatchObject([{ follower: 'view:listings', position: poison }]);
    await expect(catchUpViews(pool)).rejects.toBeInstanceOf(PoisonEventError);
    expect((await api.get('/health/ready')).json).toMatchObject({
      status: 'degraded',
      head: Number(poison),
      views: [
        { name: 'listings', position: Number(stands), behind: 2, error: expect.any(String), errorPosition: Number(poison) },
        { name: 'editions', position: Number(poison), behind: 0, error: null, errorPosition: null },
      ],
    });
    expect((await api.get('/health/live')).status).toBe(200);
  });

  it('leaves answers as they were before it, and they say so', async () => {
    const notice = { position: Number(poison), detail: expect.stringContaining(`The view listings cannot read the event at position ${poison}`) };
    const knownAt = { position: Number(stands), at: expect.any(String), notice };
    const sugon = (await api.get('/v1/listed', { name: 'Sugon' })).json;
    expect(sugon).toMatchObject({ listed: 'yes', total: 1, knownAt });
    for (const path of ['/v1/lists', '/v1/lists/us-bis-el/listings', '/v1/lists/us-bis-el/changes?from=2022-05-06', `/v1/listings/${sugon.listings[0].id}/history`, '/v1/addresses?text=haitai', '/v1/held']) {
      expect([path, (await api.get(path)).json.knownAt]).toEqual([path, knownAt]);
    }
    const csv = await api.get('/v1/lists/us-bis-el/listings', {}, { accept: 'text/csv' });
    expect([csv.status, csv.headers['listory-known-at'], csv.headers['listory-notice']]).toEqual([200, `@${stands}`, notice.detail]);
  });

  it('is no matter to a question about what was known before', async () => {
    const first = (await readEvents(api.fresh.database.pool, { after: 0n }))[0]!.batchEnd;
    expect((await api.get('/v1/listed', { name: 'Sugon', knownAt: `@${first}` })).json.knownAt).toEqual({ position: Number(first), at: expect.any(String) });
  });

  it('is in the log all the same, for whoever follows it', async () => {
    const { json } = await api.get('/v1/events', { after: Number(stands) });
    expect(json.events.map((event: { data: unknown }) => event.data)).toMatchObject([{ dating: 'edition' }, { nothing: 'that is known' }]);
  });

  it('keeps no command from reading, and no service from starting', async () => {
    const listed = await run('listed', 'Sugon', '--as-of', '2025-11-08');
    expect([listed.status, listed.err]).toEqual([0, '']);
    expect(listed.out.replace(/\s+/g, ' ')).toMatch(new RegExp(`YES .*known at position ${stands} .*notice The view listings cannot read the event at position ${poison}`));
    for (const line of ['lists', 'list us-bis-el --format csv', 'editions us-bis-el', 'fetches us-bis-el', 'held', 'compare us-bis-el 2022-05-06 2025-11-08', 'address haitai', 'events', 'rebuild editions']) {
      const { status, err, out } = await run(...line.split(' '));
      expect([line, status, err.includes('error:'), out !== '']).toEqual([line, 0, false, true]);
    }
    const service = await createApi(api.fresh.database, [CollectorModule, ProjectorModule, ApiModule], []);
    await service.init();
    expect((await service.inject('/health/ready')).json()).toMatchObject({ status: 'degraded' });
    await service.close();
  });

  it('keeps what decides from deciding on half of what is known, before anything is recorded', async () => {
    const head = await headPosition(api.fresh.database.pool);
    await expect(take(api.app, 'us-bis-el', '2026-02-01', [{ name: 'el.csv', bytes: entityList([{ name: 'Late Ltd.' }]) }])).rejects.toBeInstanceOf(PoisonEventError);
    const [{ id }] = (await api.get('/v1/listed', { name: 'Sugon' })).json.listings;
    for (const args of [['correct', id, '--field', 'name', '--value', 'X', '--reason', 'r'], ['import', 'us-bis-el', 'package.json'], ['rebuild', 'listings']] as string[][]) {
      const { status, err } = await run(...args);
      expect([args[0], status, err]).toEqual([args[0], 1, expect.stringContaining(`position ${poison}`)]);
    }
    expect(await headPosition(api.fresh.database.pool)).toBe(head);
  });

  it('is named by verify, which looks at nothing that rests on the view', async () => {
    const { pool } = api.fresh.database;
    expect(await verify(pool, 1)).toEqual([{ promise: 'views', difference: expect.stringContaining(`The view listings cannot read the event at position ${poison}`) }]);
    const { status, out } = await run('verify', '--json');
    expect([status, JSON.parse(out)]).toEqual([1, { ok: false, findings: [{ promise: 'views', difference: expect.stringContaining(`position ${poison}`) }] }]);
    const { rows } = await pool.query(`select nspname from pg_namespace where nspname like '%\\_check'`);
    expect(rows).toEqual([]);
  });

  it('once it can be read, holds nothing back any more', async () => {
    const { pool } = api.fresh.database;
    const [readable] = await readEvents(pool, { after: stands });
    await pool.query('alter table log.events disable trigger user');
    await pool.query('update log.events set data = $1 where position = $2', [JSON.stringify(readable!.data), String(poison)]);
    await pool.query('alter table log.events enable trigger user');
    const { status, out } = await run('listed', '--id', 'us-bis-el:broken', '--as-of', '2026-01-01', '--json');
    expect([status, JSON.parse(out)]).toMatchObject([0, { listed: 'yes', knownAt: { position: Number(poison) } }]);
    expect((await api.get('/health/ready')).json).toMatchObject({ status: 'ok' });
    expect((await api.get('/v1/lists')).json.knownAt).toEqual({ position: Number(poison), at: expect.any(String) });
  });
});
