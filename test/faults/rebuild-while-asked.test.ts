import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { headPosition } from '@listory/event-log';
import { compareWithRebuild } from '@listory/views';
import { ImportEdition, ImportEditionHandler } from '../../apps/collector/import-edition.js';
import { runApi, type RunningApi } from '../e2e/running-api.js';
import { Child, endChildren } from '../support/child.js';
import { documentsOf, inventedEdition } from '../support/invented.js';
import { Seeded } from '../support/seed.js';

const LISTORY = fileURLToPath(new URL('../../apps/listory/main.ts', import.meta.url));
const NDJSON = { accept: 'application/x-ndjson' };
/** Kills of a rebuild, each at another moment of it. */
const KILLS = 3;

let api: RunningApi;
/** Editions of `us-csl`, the list to which imports go on; nobody asks for it at now. */
let imported = 0;
beforeAll(async () => {
  api = await runApi();
  for (const year of [2010, 2011, 2012, 2013, 2014]) {
    await take('us-ofac-sdn', documentsOf('us-ofac-sdn', (year - 2010) * 40, 900), `${year}-01-01`);
    await take('un-sc', documentsOf('un-sc', (year - 2010) * 40, 200), `${year}-01-01`);
  }
  await takeNext();
}, 120_000);
afterEach(endChildren);
afterAll(() => api?.stop());

async function take(source: string, documents: ReturnType<typeof documentsOf>, date: string): Promise<void> {
  const options = { via: 'a test', date, releaseReason: 'invented', limits: new Map(), today: '2030-01-01' };
  await new ImportEditionHandler(api.fresh.database).execute(new ImportEdition(source, documents, options));
}

async function takeNext(): Promise<void> {
  const { source, documents, date } = inventedEdition(3 * imported++);
  await take(source, documents, date);
}

/** A question, and the part of its answer that no import of another list may change. */
interface Question {
  what: string;
  ask(): Promise<{ status: number; said: string }>;
}

/** One listing and whole lists, at fixed (D, K) and at now. */
async function questions(): Promise<Question[]> {
  const head = await headPosition(api.fresh.database.pool);
  const of = (path: string, parameters: Record<string, string>, headers?: Record<string, string>): Question => ({
    what: `${path} ${JSON.stringify(parameters)}`,
    ask: async () => {
      const { status, text, json } = await api.get(path, parameters, headers);
      // At now the envelope says which position was known, and that moves on.
      return { status, said: status === 200 && json && !parameters.knownAt ? JSON.stringify(json.listings) : text };
    },
  });
  const sdn = '/v1/lists/us-ofac-sdn/listings';
  return [
    of(sdn, { asOf: '2011-05-06', knownAt: `@${head}` }, NDJSON),
    of(sdn, { asOf: '2012-05-06', knownAt: `@${head / 2n}` }, NDJSON),
    of('/v1/listings/us-ofac-sdn:7', { asOf: '2012-05-06', knownAt: `@${head}` }),
    of('/v1/listings/us-ofac-sdn:7', {}),
    of('/v1/lists/un-sc/listings', { asOf: '2012-05-06' }, NDJSON),
    of('/v1/lists/un-sc/listings', {}, NDJSON),
    of('/v1/listed', { id: 'un-sc:QDe.005' }),
  ];
}

/** Asks all questions again and again until `work` has ended, and imports meanwhile. @returns how often all were asked */
async function whileAsked(asked: readonly Question[], work: () => Promise<void>): Promise<number> {
  const before = await Promise.all(asked.map((one) => one.ask()));
  expect(before.map((answer, at) => [asked[at]!.what, answer.status, answer.said.length > 200])).toEqual(asked.map((one) => [one.what, 200, true]));
  let isOver = false;
  let rounds = 0;
  const asking = async () => {
    for (; !isOver; rounds++) {
      for (const [at, question] of asked.entries()) {
        const answer = await question.ask();
        if (answer.status !== 200 || answer.said !== before[at]!.said) expect({ what: question.what, ...answer }).toEqual({ what: question.what, ...before[at]! });
      }
    }
  };
  const importing = async () => {
    while (!isOver) {
      await takeNext();
      await sleep(100);
    }
  };
  await Promise.all([asking(), importing(), work().finally(() => (isOver = true))]);
  return rounds;
}

function rebuild(): Child {
  return new Child(LISTORY, ['rebuild', 'listings'], { env: { LISTORY_DATABASE_URL: api.fresh.url } });
}

/** Whether there is a half-built view beside the live one. */
async function isHalfBuilt(): Promise<boolean> {
  const { rows } = await api.fresh.database.pool.query<{ found: boolean }>(`select to_regnamespace('listings_next') is not null as found`);
  return rows[0]!.found;
}

async function untilHalfBuilt(child: Child): Promise<void> {
  while (child.isRunning && !(await isHalfBuilt())) await sleep(1);
}

/** The live tables are others than before: a rebuild has put its own in their place. */
async function tablesNow(): Promise<string> {
  const { rows } = await api.fresh.database.pool.query<{ oid: string }>(`select 'listings.versions'::regclass::oid::text as oid`);
  return rows[0]!.oid;
}

async function expectViewWhole(): Promise<void> {
  expect(await compareWithRebuild(api.fresh.database.pool, 'listings')).toEqual([]);
  const { json } = await api.get('/v1/lists/us-bis-el/editions');
  expect(json.editions).toHaveLength(imported);
}

describe('while another process rebuilds the listings view', () => {
  it('every answer is the one from before, none fails, and what is imported meanwhile is there afterwards', async () => {
    const asked = await questions();
    const [tables, editions] = [await tablesNow(), imported];
    const rounds = await whileAsked(asked, async () => {
      for (let time = 0; time < 2; time++) {
        const child = rebuild();
        expect([await child.end(), child.lines]).toEqual([0, [expect.stringMatching(/^listings: rebuilt from the log up to position \d+$/)]]);
      }
    });
    expect(rounds).toBeGreaterThan(3);
    expect(imported).toBeGreaterThan(editions + 3);
    expect(await tablesNow()).not.toBe(tables);
    await expectViewWhole();
  }, 120_000);

  it(`and is killed -9 in the middle, ${KILLS} times: the view is whole, and the next rebuild works`, async () => {
    const seeded = new Seeded('kills of a rebuild');
    const asked = await questions();
    const usual = await durationOfBuilding();
    let amid = 0;
    await whileAsked(asked, async () => {
      for (let time = 0; time < KILLS * 10 && amid < KILLS; time++) {
        const tables = await tablesNow();
        const child = rebuild();
        await untilHalfBuilt(child);
        await sleep(seeded.next() * usual);
        await child.kill();
        if ((await isHalfBuilt()) && (await tablesNow()) === tables) amid++;
      }
    });
    expect(amid).toBe(KILLS);
    await expectViewWhole();
    const child = rebuild();
    expect(await child.end()).toBe(0);
    expect(await isHalfBuilt()).toBe(false);
    await expectViewWhole();
  }, 120_000);
});

/** How long a rebuild takes from its first table to its end, in ms: kills fall within it on every machine. */
async function durationOfBuilding(): Promise<number> {
  const child = rebuild();
  await untilHalfBuilt(child);
  const begun = performance.now();
  await child.end();
  return performance.now() - begun;
}
