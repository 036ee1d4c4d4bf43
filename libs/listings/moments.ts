import type { Moment } from './listing.js';

/** Later than every moment that a listing can have (seconds since 1970). */
export const END_OF_TIME_SECONDS = 253_402_300_800;

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/;

/** Whether `text` is a date `YYYY-MM-DD` that exists in the calendar. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text);
}

/** Whether `text` is a moment: an existing date, or an instant of one in whole seconds UTC. */
export function isMoment(text: string): boolean {
  if (!MOMENT.test(text)) return false;
  const time = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
}

/** Seconds since 1970 of a moment; a date counts from its start. */
export function secondsOf(moment: Moment): number {
  return Date.parse(moment.length === 10 ? `${moment}T00:00:00Z` : moment) / 1000;
}

/** The last second of the day of a date or moment: the last edition of a day stands for the day. */
export function endOfDaySeconds(moment: Moment): number {
  return secondsOf(moment.slice(0, 10)) + 86_399;
}

/** The last moment of a day, for comparing with moments as text. */
export function endOfDay(moment: Moment): Moment {
  return `${moment.slice(0, 10)}T23:59:59Z`;
}

/** The first second after `moment` (for a second edition of the same date). */
export function secondAfter(moment: Moment): Moment {
  return new Date((secondsOf(moment) + 1) * 1000).toISOString().replace('.000Z', 'Z');
}

/** The calendar date of a moment. */
export function dateOf(moment: Moment): string {
  return moment.slice(0, 10);
}
