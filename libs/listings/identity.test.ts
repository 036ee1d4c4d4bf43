import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeTimelines, splitTimeline } from './identity.js';
import type { Moment } from './listing.js';
import { Timeline } from './timeline.js';

/** A listing as its name says, over whole days: `[from, name]`, and `[from, null]` where it is not listed. */
function timelineOf(stretches: readonly [Moment, string | null][]): Timeline {
  const timeline = new Timeline();
  for (const [at, name] of stretches) {
    const wasListed = timeline.isListedAt(at);
    timeline.set('presence', at, name !== null, 'edition');
    if (name === null) continue;
    if (!wasListed) timeline.set(Timeline.WHOLE, at, null, 'edition');
    timeline.set('name', at, name, 'edition');
    timeline.set(`details.${name}`, at, 'said', 'edition');
  }
  return timeline;
}

const days = ['2020-01-01', '2020-02-01', '2020-03-01', '2020-04-01', '2020-05-01', '2020-06-01'];
const shown = (timeline: Timeline) => days.map((day) => timeline.stateAt(day) && { name: timeline.stateAt(day)!.name, details: Object.keys(timeline.stateAt(day)!.details) });

describe('two listings that are one', () => {
  it('are listed when either was, each with its own content', () => {
    const older = timelineOf([['2020-01-01', 'Old'], ['2020-03-01', null]]);
    const newer = timelineOf([['2020-04-01', 'New'], ['2020-05-01', 'Newer']]);
    expect(shown(mergeTimelines(newer, older)).map((one) => one?.name)).toEqual(['Old', 'Old', undefined, 'New', 'Newer', 'Newer']);
  });

  it('say what the older one says while that is listed, and nothing of it from then on', () => {
    const older = timelineOf([['2020-01-01', 'Old'], ['2020-03-01', 'Older'], ['2020-04-01', null]]);
    const newer = timelineOf([['2020-02-01', 'New']]);
    expect(shown(mergeTimelines(older, newer))).toEqual([
      { name: 'Old', details: ['Old'] },
      { name: 'Old', details: ['Old'] },
      { name: 'Older', details: ['Old', 'Older'] },
      { name: 'New', details: ['New'] },
      { name: 'New', details: ['New'] },
      { name: 'New', details: ['New'] },
    ]);
  });

  it('keep corrections', () => {
    const older = timelineOf([['2020-01-01', 'Old'], ['2020-03-01', null]]);
    older.set('name', '2020-01-01', 'Right', 'person', 1);
    const merged = mergeTimelines(older, timelineOf([['2020-04-01', 'New']]));
    expect(shown(merged).map((one) => one?.name)).toEqual(['Right', 'Right', undefined, 'New', 'New', 'New']);
    expect(merged.stateAt('2020-01-01', true)?.name).toBe('Old');
  });

  it('taken apart again where the second began, are as they were', () => {
    const stretch = fc.constantFrom('A', 'B', 'C', null);
    fc.assert(
      fc.property(fc.tuple(stretch, stretch, stretch, stretch, stretch, stretch), fc.integer({ min: 1, max: 5 }), (names, seam) => {
        const stretches = days.map((day, index) => [day, names[index]!] as [Moment, string | null]);
        const older = timelineOf([...stretches.slice(0, seam), [days[seam]!, null]]);
        const newer = timelineOf(stretches.slice(seam));
        const { before, after } = splitTimeline(mergeTimelines(older, newer), days[seam]!);
        if (!newer.isListedAt(days[seam]!)) return;
        expect(shown(before)).toEqual(shown(older));
        expect(shown(after)).toEqual(shown(newer));
      }),
    );
  });
});
