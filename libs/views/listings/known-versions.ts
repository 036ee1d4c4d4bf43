import { offsetOf, RECTANGLE, STILL_KNOWN } from './table.js';

/** Which versions of a list: all of a stretch of valid time, as known at a position. Each is an SQL expression. */
export interface Stretch {
  list: string;
  /** Seconds since 1970, both inclusive; a day's end twice for what is in effect then. */
  from: string;
  to: string;
  position: string;
}

/**
 * The versions of a stretch, as a part of a `from`. What is still known and what no longer is have indexes of their own:
 * the first alone is looked at for a question about what is known now; the second is one of rectangles, which finds what
 * was known at a moment in the same time however much history there is.
 * @param condition more about them, in SQL
 */
export function knownVersions({ list, from, to, position }: Stretch, condition = ''): string {
  const part = (known: string) => `select * from listings.versions
    where list = ${list} and valid_from <= ${to} and valid_to > ${from} and known_from <= ${position} and ${known} ${condition}`;
  const asked = `box(point(${offsetOf(list)} + ${from}, ${position}), point(${offsetOf(list)} + ${to}, ${position}))`;
  return `(${part(`known_to = ${STILL_KNOWN}`)}
    union all ${part(`known_to > ${position} and known_to < ${STILL_KNOWN} and ${RECTANGLE} && ${asked}`)})`;
}
