import { describe, expect, it } from '@jest/globals';
import { END_OF_TIME_SECONDS, endOfDaySeconds, secondsOf } from '@listory/listings';
import { certaintyAt, strongestBasis, weakestBasis, type EditionsAround, type Presence } from './certainty.js';

const edition = (date: string) => ({ date, sha256: '0'.repeat(64), silentOn: [] });
const A = '2022-05-06';
const B = '2025-11-08';

/** The editions around a day, of a list that has those of A and B. */
function around(date: string): EditionsAround {
  const [before = null] = [B, A].filter((one) => one <= date).map(edition);
  const [after = null] = [A, B].filter((one) => one > date).map(edition);
  return { before, after };
}

function there(from: string, fromDating: string, to: string | null = null, toDating: string | null = null): Presence {
  return { from: secondsOf(from), fromDating, to: to === null ? END_OF_TIME_SECONDS : secondsOf(to), toDating };
}

const on = (date: string, presences: Presence[], declared: string | null = null) => certaintyAt(presences, around(date), endOfDaySeconds(date), date, declared);

describe('how certain an answer is', () => {
  it('is observed on the day of an edition, whatever the editions around say', () => {
    expect(on(A, [there(A, 'edition', B, 'edition')])).toMatchObject({ listed: 'yes', basis: 'observed' });
    expect(on(B, [there(A, 'edition', B, 'edition')])).toMatchObject({ listed: 'no', basis: 'observed' });
  });

  it('is observed between two editions that agree', () => {
    expect(on('2023-01-01', [there('2019-06-24', 'publisher')])).toMatchObject({ listed: 'yes', basis: 'observed' });
    expect(on('2023-01-01', [there('2026-01-01', 'publisher')])).toMatchObject({ listed: 'no', basis: 'observed' });
    expect(on('2023-01-01', [])).toMatchObject({ listed: 'no', basis: 'observed' });
  });

  it('is declared between editions that disagree where the publisher gave the date, the day itself included', () => {
    const nettrix = [there('2025-03-25', 'publisher')];
    expect(on('2025-03-25', nettrix)).toMatchObject({ listed: 'yes', basis: 'declared' });
    expect(on('2025-03-24', nettrix)).toMatchObject({ listed: 'no', basis: 'declared' });
  });

  it('is not known between editions that disagree without a date, and says what each of them says', () => {
    expect(on('2023-01-01', [there(B, 'edition')])).toEqual({ listed: 'unknown', basis: 'between', between: { before: false, after: true } });
    expect(on('2023-01-01', [there('2018-01-01', 'publisher', B, 'edition')])).toEqual({
      listed: 'unknown',
      basis: 'between',
      between: { before: true, after: false },
    });
  });

  it('is not known where it came on a given date and went without one, between the same editions', () => {
    const passing = [there('2023-03-01', 'publisher', B, 'edition')];
    expect(on('2024-01-01', passing)).toMatchObject({ listed: 'unknown', basis: 'between' });
    expect(on('2023-02-01', passing)).toMatchObject({ listed: 'no', basis: 'declared' });
  });

  it('is current after the last edition', () => {
    expect(on('2026-01-01', [there('2025-03-25', 'publisher')])).toMatchObject({ listed: 'yes', basis: 'current' });
    expect(on('2026-01-01', [])).toMatchObject({ listed: 'no', basis: 'current' });
  });

  it('is declared before the first edition where the publisher says since when, else unknown', () => {
    const sugon = [there('2019-06-24', 'publisher')];
    expect(on('2020-01-01', sugon, '2019-06-24')).toMatchObject({ listed: 'yes', basis: 'declared' });
    expect(on('2019-01-01', sugon, '2019-06-24')).toMatchObject({ listed: 'no', basis: 'declared' });
    expect(on('2020-01-01', [there(A, 'edition')])).toMatchObject({ listed: 'unknown', basis: 'unknown' });
    expect(on('2020-01-01', [])).toMatchObject({ listed: 'unknown', basis: 'unknown' });
  });

  it('is unknown before the first edition where an edition contradicts the start that the publisher declares', () => {
    expect(on('2020-01-01', [there(B, 'edition')], '2019-01-01')).toMatchObject({ listed: 'unknown', basis: 'unknown' });
  });

  it('is unknown where nothing is held', () => {
    expect(certaintyAt([], { before: null, after: null }, 0, '1970-01-01')).toMatchObject({ listed: 'unknown', basis: 'unknown' });
  });

  it('keeps a gap between two periods visible', () => {
    const relisted = [there('2018-01-01', 'publisher', '2022-01-01', 'edition'), there('2025-01-01', 'publisher')];
    expect(on('2023-01-01', relisted)).toMatchObject({ listed: 'no', basis: 'declared' });
    expect(on('2022-05-06', relisted)).toMatchObject({ listed: 'no', basis: 'observed' });
    expect(on('2025-12-01', relisted)).toMatchObject({ listed: 'yes', basis: 'current' });
  });

  it('of an answer from several is that of the weakest or the strongest', () => {
    expect(weakestBasis(['observed', 'declared', 'current'])).toBe('declared');
    expect(strongestBasis(['declared', 'observed', 'current'])).toBe('observed');
    expect([weakestBasis([]), strongestBasis([])]).toEqual(['unknown', 'unknown']);
  });
});
