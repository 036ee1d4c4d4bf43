import { basename, resolve } from 'node:path';
import type { Moment } from '@listory/listings';
import { possibleDate } from './calendar.js';

const AT_START = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::?(\d{2}))?(?::?(\d{2}))?Z?)?(?![0-9A-Za-z])/;

/**
 * The date that a file's or folder's own name begins with: `2022-02-23.sdn.csv.gz`, `2022-02-23T18.sdn.csv` (18:00 UTC),
 * `2022-02-23T18:00:00Z`. A month alone (`2019-12`) is no date.
 * @param path of a file or folder; only its last part counts
 */
export function editionDateOfName(path: string): Moment | null {
  const parts = AT_START.exec(basename(resolve(path)));
  const date = possibleDate(parts?.[1]);
  if (parts === null || date === null) return null;
  const [, , hour, minute = '00', second = '00'] = parts;
  if (hour === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return `${date}T${hour}:${minute}:${second}Z`;
}
