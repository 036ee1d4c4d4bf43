import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { compareCommand } from '../../apps/listory/commands/compare.js';
import { eventsCommand } from '../../apps/listory/commands/events.js';
import { historyCommand } from '../../apps/listory/commands/history.js';
import { holdingsCommands } from '../../apps/listory/commands/holdings.js';
import { listCommand } from '../../apps/listory/commands/list.js';
import { listedCommand } from '../../apps/listory/commands/listed.js';
import { takeAll } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let written: string;

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
      const taken = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
      taken?.();
      return true;
    }) as never);
  }
});
afterEach(() => void jest.restoreAllMocks());

/** Runs a command as the command line does, and gives back what it prints; a wrong use throws. */
async function run(...args: string[]): Promise<string> {
  const program = new Command('listory').exitOverride();
  for (const add of [listedCommand, listCommand, holdingsCommands, historyCommand, compareCommand, eventsCommand]) add(program);
  written = '';
  await program.parseAsync(args, { from: 'user' });
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
    expect(lines(await run('events', '--after', '3', '--limit', '2'))).toEqual(events.slice(3, 5));
    expect(lines(await run('events', '--type', 'edition.recorded', '--list', 'us-bis-el')).map((event) => event.type)).toEqual(Array(2).fill('org.listory.edition.recorded.v1'));
  });

  it.each([
    ['listed'], ['listed a --id b'], ['listed a --as-of 2025-02-30'], ['listed a --known-at yesterday'], ['listed a --list nope'], ['listed --id x --list un-sc'], ['list'],
    ['list us-csl'], ['list us-bis-el --format xml'], ['editions nope'], ['history'], ['compare us-bis-el'], ['compare us-bis-el 2022-05-06'], ['compare us-bis-el 2022-05-06 2025-11-08 --as-of 2025-01-01'],
    ['compare us-bis-el --known @1 @2'], ['compare us-bis-el --as-of 2025-01-01 --known @1'], ['compare us-bis-el 2022-05-06 2025-11-08 --known @1 @2'], ['events --after x'], ['events --type nope'], ['lists --nope'],
  ])('%s is a wrong use', async (line) => {
    await expect(run(...line.split(' '))).rejects.toBeInstanceOf(CommanderError);
    expect(written).toBe('');
  });

  it('fail on a listing that there is not', async () => {
    await expect(run('listed', '--id', 'us-bis-el:nobody')).rejects.toThrow(/There is no listing 'us-bis-el:nobody'/);
    await expect(run('history', 'us-bis-el:nobody')).rejects.toThrow(/us-bis-el:nobody/);
  });
});
