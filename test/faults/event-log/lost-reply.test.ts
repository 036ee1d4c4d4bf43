import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append, readEvents } from '@listory/event-log';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../support/database.js';
import { events } from './sample.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

describe('a connection cut during an append', () => {
  it('at whatever moment: the append sent again records its events once', async () => {
    const { pool } = fresh.database;
    let lost = 0;
    for (let round = 0; round < 30; round++) {
      const list = `cut ${round}`;
      const sent = { expected: new Map([[list, 0n]]), events: events(list, 20) };
      const client = new pg.Client(fresh.url);
      client.on('error', () => {});
      await client.connect();
      const first = append(client, sent).catch(() => lost++);
      await sleep(round / 6);
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      await first;
      const answer = await append(pool, sent);
      const recorded = await readEvents(pool, { after: 0n, list });
      expect(recorded.map((event) => event.id)).toEqual(sent.events.map((event) => event.id));
      expect([answer.first, answer.last]).toEqual([recorded[0]!.position, recorded.at(-1)!.position]);
    }
    expect(lost).toBeGreaterThan(0);
  });
});
