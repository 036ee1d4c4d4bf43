import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sdnFiles } from '../support/editions.js';
import { take } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await take(api.app, 'us-ofac-sdn', '2024-01-01', sdnFiles([[1, 'PARTY ONE'], [2, 'PARTY TWO']], [[1, 1, '1 Road', 'Havana', 'Cuba']], [[1, 1, 'P']]));
});
afterAll(() => api?.stop());

/** The value of one series. */
async function metric(series: string): Promise<number> {
  const { status, text, headers } = await api.get('/metrics');
  expect([status, String(headers['content-type'])]).toEqual([200, expect.stringContaining('text/plain')]);
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.split(' ').at(-1));
}

describe('metrics', () => {
  it('tell how far each follower is, in events and in time', async () => {
    const head = await metric('listory_log_head_position');
    expect(head).toBeGreaterThanOrEqual(4);
    expect(await metric('listory_follower_position{follower="view:listings"}')).toBe(head);
    expect(await metric('listory_follower_lag_events{follower="view:listings"}')).toBe(0);
    const { pool } = api.fresh.database;
    await pool.query(`update log.checkpoints set position = position - 2 where name = 'view:listings'`);
    expect(await metric('listory_follower_lag_events{follower="view:listings"}')).toBe(2);
    expect(await metric('listory_follower_lag_seconds{follower="view:listings"}')).toBeGreaterThan(0);
    await pool.query(`update log.checkpoints set position = position + 2 where name = 'view:listings'`);
    expect(await metric('listory_follower_lag_seconds{follower="view:listings"}')).toBe(0);
  });

  it('tell what is held of each list, and when it was last fetched', async () => {
    const now = Date.now() / 1000;
    expect(await metric('listory_list_listings{list="us-ofac-sdn"}')).toBe(2);
    expect(await metric('listory_list_held_editions{list="us-ofac-sdn"}')).toBe(0);
    expect(Math.abs(now - (await metric('listory_list_checked_timestamp_seconds{list="us-ofac-sdn"}')))).toBeLessThan(600);
  });

  it('count the requests by route, not by what was asked', async () => {
    const series = 'listory_http_request_duration_seconds_count{method="GET",route="/v1/listings/:id",status="200"}';
    for (const uid of [1, 2]) await api.get(`/v1/listings/us-ofac-sdn:${uid}`);
    expect(await metric(series)).toBe(2);
  });
});
