import { describe, expect, it } from '@jest/globals';
import { parseSchedules, pauseUntilNext } from './schedule.js';

const HOUR = 3_600_000;
const schedule = { source: 'un-sc', intervalS: 3_600, limitS: 86_400 };

describe('the pause until the next fetch', () => {
  it('is the interval, and up to a tenth more, so that not all come at once', () => {
    expect([pauseUntilNext(schedule, 0, null, 0), pauseUntilNext(schedule, 0, null, 1)]).toEqual([HOUR, 1.1 * HOUR]);
  });

  it('is shorter after a failure, and grows back to the interval', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 1_000].map((failures) => pauseUntilNext(schedule, failures, null, 0) / 60_000);
    expect(minutes).toEqual([5, 10, 20, 40, 60, 60, 60]);
  });

  it('is as long as the publisher asks, but no longer than a day', () => {
    expect([1, 2, 24, 1_000].map((hours) => pauseUntilNext(schedule, 1, hours * HOUR, 0) / HOUR)).toEqual([1, 2, 24, 24]);
  });
});

describe('the schedules of LISTORY_FETCH', () => {
  it('names publications with their intervals; one is stale after a day, or three intervals', () => {
    expect(parseSchedules('un-sc=30m, us-csl=2d', [], ['un-sc', 'us-csl'])).toEqual([
      { source: 'un-sc', intervalS: 1_800, limitS: 86_400 },
      { source: 'us-csl', intervalS: 172_800, limitS: 518_400 },
    ]);
    expect(parseSchedules('on', ['un-sc'], ['un-sc', 'us-csl'])).toEqual([schedule]);
    expect([undefined, '', 'off'].map((text) => parseSchedules(text, ['un-sc'], ['un-sc']))).toEqual([[], [], []]);
  });
});
