import { FetchSettingError } from './errors.js';

/** When a publication is fetched. */
export interface Schedule {
  source: string;
  /** From one fetch to the next (s). */
  intervalS: number;
  /** Not reached for longer than this (s), it is stale. */
  limitS: number;
}

const HOUR = 3_600;
/** Stale after a day, or after three intervals where those are longer. */
const limitOf = (intervalS: number) => Math.max(24 * HOUR, 3 * intervalS);
/** The first pause after a failure (s). */
const AFTER_FAILURE = 300;

/**
 * Reads `LISTORY_FETCH`: publications with their intervals, such as `un-sc=6h,us-ofac-sdn=30m`; `on` for all `known` ones
 * once an hour; nothing or `off` for none.
 * @param known the publications that are fetched by `on`
 * @throws FetchSettingError
 */
export function parseSchedules(text: string | undefined, known: readonly string[], fetchable: readonly string[]): Schedule[] {
  if (!text || text === 'off') return [];
  if (text === 'on') return known.map((source) => ({ source, intervalS: HOUR, limitS: limitOf(HOUR) }));
  return text.split(',').map((one) => {
    const [, source = '', number = '', unit = ''] = /^\s*([a-z-]+)=(\d+)(s|m|h|d)\s*$/.exec(one) ?? [];
    const intervalS = Number(number) * { s: 1, m: 60, h: HOUR, d: 24 * HOUR, '': 0 }[unit]!;
    if (!intervalS) throw new FetchSettingError('LISTORY_FETCH', one, 'lists with intervals, such as un-sc=6h,us-ofac-sdn=30m (s, m, h or d), on, or off');
    if (!fetchable.includes(source)) throw new FetchSettingError('LISTORY_FETCH', one, `one of these lists: ${fetchable.join(', ')}`);
    return { source, intervalS, limitS: limitOf(intervalS) };
  });
}

/**
 * How long until the next fetch (ms): the interval, or after failures five minutes that double up to the interval;
 * either up to a tenth more, so that many collectors do not come at once.
 * @param askedMs how long the publisher has asked to wait (ms); for more than a day, nobody waits
 * @param random 0 … 1
 */
export function pauseUntilNext({ intervalS }: Schedule, failures: number, askedMs: number | null = null, random = Math.random()): number {
  const pause = failures === 0 ? intervalS : Math.min(intervalS, AFTER_FAILURE * 2 ** Math.min(failures - 1, 20));
  return Math.max(pause * 1000, Math.min(askedMs ?? 0, 24 * HOUR * 1000)) * (1 + random / 10);
}
