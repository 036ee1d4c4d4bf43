import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runCommandLine } from '../../apps/listory/command-line.js';
import { takeAll } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let written: string;
let complained: string;

beforeAll(async () => {
  api = await runApi();
  await takeAll(api.app);
  process.env.LISTORY_DATABASE_URL = api.fresh.url;
});
afterAll(async () => {
  delete process.env.LISTORY_DATABASE_URL;
  await api?.stop();
});
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation(((text: string | Uint8Array, ...rest: unknown[]) => {
      if (stream === process.stdout) written += Buffer.from(text as Uint8Array).toString();
      else complained += Buffer.from(text as Uint8Array).toString();
      const taken = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
      taken?.();
      return true;
    }) as never);
  }
});
afterEach(() => void jest.restoreAllMocks());

/** Runs a command as its process does, and gives back its exit status. */
async function statusOf(...args: string[]): Promise<number> {
  written = complained = '';
  const before = process.exitCode;
  process.exitCode = undefined;
  const status = (await runCommandLine(args)) ?? Number(process.exitCode ?? 0);
  process.exitCode = before;
  return status;
}

/** Runs a command that ends well, and gives back what it prints. */
async function run(...args: string[]): Promise<string> {
  expect([args, await statusOf(...args), complained.match(/^error:.*/m)?.[0] ?? '']).toEqual([args, 0, '']);
  return written;
}

const idOf = async (name: string) => (await api.get('/v1/listed', { name })).json.listings[0].id as string;

describe('commands that ask', () => {
  it('print with --json what the API answers', async () => {
    const id = await idOf('Sugon');
    for (const [args, path, parameters] of [
      [['listed', 'Nettrix Information Industry', '--as-of', '2025-03-25'], '/v1/listed', { name: 'Nettrix Information Industry', asOf: '2025-03-25' }],
      [['listed', '--id', id, '--known-at', '@5'], '/v1/listed', { id, knownAt: '@5' }],
      [['list', 'us-bis-el', '--as-of', '2024-01-01'], '/v1/lists/us-bis-el/listings', { asOf: '2024-01-01' }],
      [['lists'], '/v1/lists', {}],
      [['editions', 'us-bis-el'], '/v1/lists/us-bis-el/editions', {}],
      [['fetches', 'us-ofac-sdn'], '/v1/lists/us-ofac-sdn/fetches', {}],
      [['held'], '/v1/held', {}],
      [['history', id], `/v1/listings/${id}/history`, {}],
      [['address', 'haitai'], '/v1/addresses', { text: 'haitai' }],
      [['compare', 'us-bis-el', '2022-05-06', '2025-11-08'], '/v1/lists/us-bis-el/changes', { from: '2022-05-06', to: '2025-11-08' }],
      [['compare', 'us-bis-el', '--as-of', '2025-03-25', '--known', '@5', '@12'], '/v1/lists/us-bis-el/changes', { asOf: '2025-03-25', knownFrom: '@5', knownTo: '@12' }],
    ] as [string[], string, Record<string, string>][]) {
      const printed = await run(...args, '--json');
      expect(printed).toMatch(/^\{.*\}\n$/);
      expect(JSON.parse(printed)).toEqual((await api.get(path, parameters)).json);
    }
  });

  it('print for people the answer, its basis, coverage and editions, in 120 columns', async () => {
    const id = await idOf('Sugon');
    for (const [args, said] of [
      [['listed', 'Nettrix Information Industry', '--as-of', '2025-03-25'], [/2025-03-25: YES/, /yes \(declared\), from 2025-03-25/, /Haitai Huake/, /90 FR 14046/]],
      [['listed', 'Oldco', '--as-of', '2024-01-01'], [/UNKNOWN/, /the edition of 2022-05-06 has it, the edition of 2025-11-08 does not have it/]],
      [['list', 'us-bis-el', '--as-of', '2024-01-01'], [/3 listings on 2024-01-01/, /1 of these may have gone already, 1 others? may have come/]],
      [['history', id], [/2019-06-24 \(publisher\) to now/, /alias.added/, /Dawning/]],
      [['compare', 'us-bis-el', '2022-05-06', '2025-11-08'], [/2 added, 1 removed, 1 changed/, /\+ 2025-03-25 .*Nettrix/, /- 2025-11-08 .*Oldco/, /~ .*Sugon/]],
    ] as [string[], RegExp[]][]) {
      const text = await run(...args);
      for (const pattern of [...said, /known at/, /coverage +us-bis-el 2022-05-06 to 2025-11-08/]) expect(text.replace(/\s+/g, ' ')).toMatch(pattern);
      expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
    }
    for (const [args, said] of [
      [['lists'], /us-bis-el +2022-05-06 +2025-11-08 +2 +4/],
      [['editions', 'us-ofac-sdn'], /2021-02-01 .*addresses, aliases/],
      [['fetches', 'us-bis-el'], /us-bis-el +baseline +2022-05-06/],
      [['held'], /No edition waits for a person/],
    ] as [string[], RegExp][]) {
      expect(await run(...args)).toMatch(said);
    }
  });

  it('print a whole list as CSV and NDJSON, the same as the API streams', async () => {
    for (const [format, accept] of [['csv', 'text/csv'], ['ndjson', 'application/x-ndjson']] as const) {
      const { text } = await api.get('/v1/lists/us-bis-el/listings', { asOf: '2024-01-01' }, { accept });
      expect(await run('list', 'us-bis-el', '--as-of', '2024-01-01', '--format', format)).toBe(text);
    }
  });

  it('print the log as CloudEvents, from where it is asked for', async () => {
    const { events } = (await api.get('/v1/events', { limit: 1000 })).json;
    const lines = (text: string) => text.trimEnd().split('\n').map((line) => JSON.parse(line));
    expect(lines(await run('events'))).toEqual(events);
    expect(lines(await run('events', '--json'))).toEqual(events);
    expect(lines(await run('events', '--after', '3', '--limit', '2'))).toEqual(events.slice(3, 5));
    expect(lines(await run('events', '--type', 'edition.recorded', '--list', 'us-bis-el')).map((event) => event.type)).toEqual(Array(2).fill('org.listory.edition.recorded.v1'));
  });

  it.each([
    ['listed'], ['listed a --id b'], ['listed a --as-of 2025-02-30'], ['listed a --known-at yesterday'], ['listed a --list nope'], ['listed --id x --list un-sc'], ['list'],
    ['list us-csl'], ['list us-bis-el --format xml'], ['editions nope'], ['history'], ['compare us-bis-el'], ['compare us-bis-el 2022-05-06'], ['compare us-bis-el 2022-05-06 2025-11-08 --as-of 2025-01-01'],
    ['compare us-bis-el --known @1 @2'], ['compare us-bis-el --as-of 2025-01-01 --known @1'], ['compare us-bis-el 2022-05-06 2025-11-08 --known @1 @2'], ['events --after x'], ['events --type nope'], ['lists --nope'],
    ['rebuild nope'], ['verify --samples x'], ['serve --port 70000'], ['import nope package.json'], ['reread nope'], ['correct us-bis-el:x --field nope --value a --reason r'],
    ['correct us-bis-el:x --field name --value a'], ['link a b'], ['nope'],
  ])('%s is a wrong use', async (line) => {
    expect([line, await statusOf(...line.split(' '))]).toEqual([line, 2]);
    expect(written).toBe('');
    expect(complained).toMatch(/error: /);
  });

  it('are wrongly used with an id that there is not, or that is none', async () => {
    const id = await idOf('Sugon');
    for (const [args, says] of [
      [['listed', '--id', 'us-bis-el:nobody'], /There is no listing 'us-bis-el:nobody'/],
      [['listed', '...'], /no letter or digit/],
      [['history', 'us-bis-el:nobody'], /us-bis-el:nobody/],
      [['link', 'a', 'b', '--reason', 'r'], /a and b/],
      [['link', id, 'us-bis-el:nobody', '--reason', 'r'], /There is no listing 'us-bis-el:nobody'/],
      [['link', id, id, '--reason', 'r'], /two listings/],
      [['unlink', 'nobody', '--from', '2025-01-01', '--reason', 'r'], /There is no listing 'nobody'/],
      [['unlink', id, 'us-bis-el:nobody', '--reason', 'r'], /never linked/],
      [['correct', 'us-bis-el:nobody', '--field', 'name', '--value', 'x', '--reason', 'r'], /There is no listing 'us-bis-el:nobody'/],
      [['correct', id, '--field', 'type', '--value', 'robot', '--reason', 'r'], /a type is one of/],
      [['correct', id, '--field', 'aliases', '--remove', 'nobody', '--reason', 'r'], /it has no 'nobody'/],
      [['release', 'f'.repeat(64), '--reason', 'r'], /No edition that waits/],
      [['discard', 'f'.repeat(64), '--reason', 'r'], /No edition that waits/],
      [['events', '--after', '1000000'], /the last position of this log is \d+/],
    ] as [string[], RegExp][]) {
      expect([args, await statusOf(...args), complained]).toEqual([args, 2, expect.stringMatching(says)]);
      expect(written).toBe('');
    }
  });

  it('fail, and are not to blame, where the database is away or a file is not there', async () => {
    expect(await statusOf('import', 'us-bis-el', '/nowhere/2025-01-01.csv')).toBe(1);
    const url = process.env.LISTORY_DATABASE_URL;
    process.env.LISTORY_DATABASE_URL = 'postgres://localhost:1/none';
    expect(await statusOf('lists')).toBe(1);
    process.env.LISTORY_DATABASE_URL = url;
  });

  it('help, and say so by 0', async () => {
    expect(await statusOf('listed', '--help')).toBe(0);
    expect(written).toContain('--known-at');
  });
});
