const PRINTED = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The date as printed, where it is a day of the calendar from 1900 on; otherwise null.
 * Publishers print impossible ones, such as `0017-05-26` for 2017-05-26.
 * @param text an ISO date `YYYY-MM-DD`
 */
export function possibleDate(text: string | null | undefined): string | null {
  const parts = PRINTED.exec(text ?? '');
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1900 && isDayOfCalendar(year, month, day) ? parts[0] : null;
}

/** Whether there is such a day in the Gregorian calendar. Months count from 1. */
export function isDayOfCalendar(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
