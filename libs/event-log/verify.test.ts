import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { event, record } from '../../test/faults/event-log/sample.js';
import { append, verifyLog } from './index.js';

let fresh: FreshDatabase;
let pool: pg.Pool;
beforeEach(async () => {
  fresh = await freshDatabase();
  pool = fresh.database.pool;
  for (const [list, count] of [['a', 3], ['b', 2], ['a', 2]] as const) await record(pool, list, count);
  const odd = event('b', { subject: 'b:"\\\u007f\u0001\n\u2028é🏢', effectiveAt: null, changeClass: null, data: { text: 'é\u0001\\"🏢\u2028' } });
  await append(pool, { expected: new Map([['b', 2n]]), events: [odd] });
});
afterEach(() => fresh.drop());

async function differences(): Promise<string[]> {
  const found = [];
  for await (const difference of verifyLog(pool)) found.push(String(difference));
  return found;
}

/** Does what nobody may: changes the log, as somebody with every right and with the guards switched off. */
async function tamper(statement: string): Promise<void> {
  await pool.query(`alter table log.events disable trigger all; ${statement}; alter table log.events enable always trigger events_never_change`);
}

const redigest = `digest = log.digest(position, list, version, event_id, type, subject, effective_at, cause, change_class, schema_version, log.instant(recorded_at), batch_end, data::text)`;

describe('verifying the log', () => {
  it('finds nothing in a sound one, whatever its texts; the digests agree with another reckoning', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    ['data', `data = '{"n":7}'`], ['a blank in the data', `data = '{"n": 1}'`], ['subject', `subject = 'x'`], ['cause', `cause = 'parser'`],
    ['type', `type = 'x'`], ['date', `effective_at = null`], ['class', `change_class = 'editorial'`], ['shape', `schema_version = 2`],
    ['id', `event_id = gen_random_uuid()`], ['list', `list = 'c'`], ['version', `version = 9`], ['time', `recorded_at = recorded_at + interval '1 microsecond'`],
    ['append', `batch_end = batch_end + 1`], ['digest', `digest = sha256('')`],
  ])('finds an altered event: %s', async (_what, change) => {
    await tamper(`update log.events set ${change} where position = 2`);
    expect(await differences()).toEqual([expect.stringMatching(/^position 2: was altered: its digest is [0-9a-f]{64}, its content gives [0-9a-f]{64}$/)]);
  });

  it.each([
    ['the first', 1, 'position 2: follows 0'], ['one in the middle', 4, 'position 5: follows 3'], ['the last of an append', 3, 'position 4: follows 2'],
  ])('finds that an event is gone: %s', async (_what, position, difference) => {
    await tamper(`delete from log.events where position = ${position}`);
    expect((await differences())[0]).toContain(difference);
  });

  it('finds that the end of the last append is cut off', async () => {
    await record(pool, 'a', 4);
    await tamper('delete from log.events where position = 12');
    expect(await differences()).toEqual(['position 12: is missing: its append is cut off']);
  });

  it('finds that the last append is gone', async () => {
    await tamper('delete from log.events where position = 8');
    expect(await differences()).toEqual(['list b is at version 3, its last event at 2']);
  });

  it.each([
    ['a version left out', 'version = 9', 7, /version 9 of list a, after version 4/],
    ['an append that is torn', 'batch_end = 8', 2, /inside the append that ends at 3/],
    ['a time that falls', `recorded_at = '2020-01-01'`, 8, /before its predecessor/],
  ])('finds what a forger with fitting digests got wrong: %s', async (_what, change, position, difference) => {
    await tamper(`update log.events set ${change} where position = ${position}; update log.events set ${redigest} where position = ${position}`);
    expect(await differences()).toEqual([expect.stringMatching(difference)]);
  });
});
