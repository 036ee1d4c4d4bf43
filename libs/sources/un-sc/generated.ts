import type { Moment } from '@listory/listings';
import { possibleDate } from '../calendar.js';

/**
 * When the UN generated the file, as an instant in UTC that never leaves the day as printed in New York: a file of
 * `2020-11-24T20:23:07-05:00` is the edition of the 24th, though it was the 25th in UTC, and so gives
 * `2020-11-24T23:59:59Z`. Otherwise two editions of two days would fall on one.
 * @param printed `dateGenerated`: ISO 8601, with offset or `Z`
 * @returns the date alone where there is no time; null where it is no date
 */
export function publishedMoment(printed: string | null): Moment | null {
  const date = possibleDate(printed?.slice(0, 10));
  if (printed === null || date === null) return null;
  const instant = Date.parse(printed);
  if (!/T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(printed) || Number.isNaN(instant)) return date;
  const utc = `${new Date(instant).toISOString().slice(0, 19)}Z`;
  if (utc.startsWith(date)) return utc;
  return utc > date ? `${date}T23:59:59Z` : `${date}T00:00:00Z`;
}
