import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressId } from '@listory/listings';
import { copyList, editionsAround, knowledgeAt } from '@listory/views';
import type { Collector } from '../support/collector.js';
import { Done, type EditionDone } from './done-history.js';
import { sortedText, type Listed, type NaiveReplay } from './naive-replay.js';
import { anyHistory, DATES, DECLARED, type Step } from './random-history.js';

/** How many histories; LISTORY_TEST_SEED repeats a run. */
const RUNS = Number(process.env.LISTORY_PROPERTY_RUNS ?? 30);
const SEED = Number(process.env.LISTORY_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A question: a day, and a place in the log in percent of its length. */
const questions = fc.array(fc.record({ day: fc.constantFrom(...daysAround([...DATES, ...DECLARED])), known: fc.integer({ min: 0, max: 110 }) }), { minLength: 6, maxLength: 6 });

/** Days, and those before and after them. */
function daysAround(moments: readonly string[]): string[] {
  const days = moments.flatMap((moment) => [-1, 0, 1].map((by) => new Date(Date.parse(moment.slice(0, 10)) + by * 86_400_000).toISOString().slice(0, 10)));
  return [...new Set(days)].sort();
}

/** A whole list as the view answers: of each listing all that it says but on what that rests. */
async function answer({ pool }: Collector, list: string, date: string, position: bigint): Promise<Map<string, string>> {
  const [around] = await editionsAround(pool, [list], date, position);
  const lines = await text(await copyList(pool, { list, date, position }, around ?? { before: null, after: null }));
  return new Map(
    lines.split('\n').filter(Boolean).map((line) => {
      const { basis: _, ...listing } = JSON.parse(line) as { id: string; basis: string };
      return [listing.id, sortedText(listing)];
    }),
  );
}

/** The same as the naive replay has it. */
function expected(replay: NaiveReplay, list: string, date: string): Map<string, string> {
  const entries = [...replay.at(endOf(date))].map(([id, { listedFrom, listedUntil, content }]) => {
    const inForce = content.inForceUntil === null || content.inForceUntil >= date;
    const listing = { id, list, ...content, listedFrom: listedFrom.slice(0, 10), listedUntil: listedUntil?.slice(0, 10) ?? null, inForce };
    return [id, sortedText(listing)] as const;
  });
  return new Map(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Compares whole lists, first by their md5. */
function expectSame(where: string, found: Map<string, string>, wanted: Map<string, string>): void {
  if (md5([...found].flat()) === md5([...wanted].flat())) return;
  expect({ where, list: Object.fromEntries(found) }).toEqual({ where, list: Object.fromEntries(wanted) });
  throw new Error(`${where}: the same listings in another order`);
}

function md5(lines: readonly string[]): string {
  return createHash('md5').update(lines.join('\n')).digest('hex');
}

async function property(steps: readonly Step[], check: (done: Done) => Promise<void>): Promise<void> {
  const done = await Done.of(steps);
  try {
    await check(done);
  } finally {
    await done.collector.drop();
  }
}

const parameters = { numRuns: RUNS, seed: SEED, endOnFailure: process.env.LISTORY_PROPERTY_SHRINK !== 'yes' };
const patience = 60_000 + RUNS * 10_000;

describe(`any history, as of any day and as known at any position (LISTORY_TEST_SEED=${SEED})`, () => {
  it(
    'is answered as a naive replay of the log answers it, which without corrections is what the newest edition known says',
    () =>
      fc.assert(
        fc.asyncProperty(anyHistory, questions, (steps, asked) =>
          property(steps, async (done) => {
            await expectAnswers(done, asked);
            for (const edition of done.standing()) expectReading(done.replay(edition.list), edition, edition.moment);
          }),
        ),
        parameters,
      ),
    patience,
  );
});

async function expectAnswers(done: Done, asked: readonly { day: string; known: number }[]): Promise<void> {
  const head = Number(done.events.at(-1)?.position ?? 0);
  const lastDays = done.standing().map(({ moment }) => ({ day: moment.slice(0, 10), known: 100 }));
  for (const { day, known } of [...asked, ...lastDays]) {
    const asksFor = BigInt(Math.floor((known / 100) * head));
    const { position } = await knowledgeAt(done.collector.pool, `@${asksFor}`);
    // No state of knowledge holds half an append.
    const whole = done.events.filter((event) => event.batchEnd <= asksFor).at(-1)?.position ?? 0n;
    expect({ asksFor, position }).toEqual({ asksFor, position: whole });
    for (const list of done.lists) {
      const replay = done.replay(list, position);
      expectSame(`${list} as of ${day} as known at @${position}`, await answer(done.collector, list, day, position), expected(replay, list, day));
      const newest = done.standing(position).findLast((one) => one.list === list && one.moment <= endOf(day));
      // Between editions a publisher's dates may say more than the editions; OFAC's list has none.
      if (newest && (list === 'us-ofac-sdn' || newest.moment.startsWith(day))) expectReading(replay, newest, endOf(day));
    }
  }
}

/** What is known of a day is known of its last second. */
function endOf(day: string): string {
  return `${day}T23:59:59Z`;
}

/** A list without corrections says what an edition says. */
function expectReading(replay: NaiveReplay, { list, moment, reading }: EditionDone, at: string): void {
  const shown = [...replay.at(at, true).values()].map(({ content }) => spoken(content, reading.silentOn));
  const rows = reading.rows.map(({ state }) => ({ state, line: spoken({ ...state, addresses: state.addresses.map((one) => ({ id: addressId(one), ...one })) }, reading.silentOn) }));
  // One that is announced is not listed yet, unless it was before.
  const left = [...shown];
  const missing = rows.filter(({ line, state }) => {
    const found = left.indexOf(line);
    if (found >= 0) left.splice(found, 1);
    return found < 0 && !(state.declaredFrom !== null && state.declaredFrom > moment);
  });
  expect({ list, moment, at, missing: missing.map((one) => one.line), inExcess: left }).toEqual({ list, moment, at, missing: [], inExcess: [] });
}

/** What an edition speaks of, as text. */
function spoken(content: Listed['content'], silentOn: readonly string[]): string {
  const { aliases, addresses, details, ...rest } = content;
  const kept = Object.entries(details as object).filter(([key]) => !silentOn.includes(`details.${key}`));
  const group = (name: string, elements: unknown) => (silentOn.includes(name) ? [] : elements);
  return sortedText({ ...rest, details: Object.fromEntries(kept), aliases: group('aliases', aliases), addresses: group('addresses', addresses) });
}
