import { END_OF_TIME_SECONDS, secondsOf } from '@listory/listings';

/** On what an answer rests; see "Dates" in the README. */
export type Basis = 'observed' | 'declared' | 'between' | 'current' | 'unknown';

export type Listed = 'yes' | 'no' | 'unknown';

/** Editions of a list around a day, as known at one position. */
export interface EditionsAround {
  /** The last edition up to the end of the day, or null when the day is before the first. */
  before: EditionAt | null;
  /** The first edition after the day, or null when the day is that of the last edition or later. */
  after: EditionAt | null;
}

export interface EditionAt {
  date: string;
  sha256: string;
  silentOn: string[];
}

/** A stretch of valid time over which something was there: a listing, a name or an address of it. */
export interface Presence {
  /** Seconds since 1970; `to` is exclusive. */
  from: number;
  to: number;
  /** Where the two dates come from: `edition`, `publisher` or `person`; null for an end that is not known. */
  fromDating: string;
  toDating: string | null;
}

export interface Certainty {
  listed: Listed;
  basis: Basis;
  /** What the editions around the day say, where they disagree and the publisher gave no date. */
  between: { before: boolean; after: boolean } | null;
}

/**
 * Whether something was there at the end of a day, and how certain that is.
 * @param presences when it was there, as recorded: ascending, apart from each other
 * @param day the last second of the day
 * @param date the same day as `YYYY-MM-DD`
 * @param declaredFrom the publisher's own start, where it gives one
 */
export function certaintyAt(
  presences: readonly Presence[],
  { before, after }: EditionsAround,
  day: number,
  date: string,
  declaredFrom: string | null = null,
): Certainty {
  const stretch = stretchAt(presences, day);
  const listed = stretch.present ? 'yes' : 'no';
  if (!before) {
    if (stretch.present) return { listed, basis: 'declared', between: null };
    const isDeclaredLater = after !== null && declaredFrom !== null && declaredFrom > date;
    return isDeclaredLater ? { listed: 'no', basis: 'declared', between: null } : UNKNOWN;
  }
  if (before.date.startsWith(date)) return { listed, basis: 'observed', between: null };
  if (!after) return { listed, basis: 'current', between: null };
  const [earlier, later] = [secondsOf(before.date), secondsOf(after.date)];
  const datings = [
    ...(stretch.from > earlier ? [stretch.fromDating] : []),
    ...(stretch.to <= later ? [stretch.toDating] : []),
  ];
  if (datings.length === 0) return { listed, basis: 'observed', between: null };
  if (datings.every((dating) => dating !== 'edition')) return { listed, basis: 'declared', between: null };
  const isThere = (at: number) => presences.some((one) => one.from <= at && one.to > at);
  return { listed: 'unknown', basis: 'between', between: { before: isThere(earlier), after: isThere(later) } };
}

const UNKNOWN: Certainty = { listed: 'unknown', basis: 'unknown', between: null };

interface Stretch extends Presence {
  present: boolean;
}

/** The presence, or the gap between two presences, that contains the day. */
function stretchAt(presences: readonly Presence[], day: number): Stretch {
  let from = -Infinity;
  let fromDating = 'edition';
  for (const one of presences) {
    if (one.from > day) return { present: false, from, fromDating, to: one.from, toDating: one.fromDating };
    if (one.to > day) return { ...one, present: true, to: one.to === END_OF_TIME_SECONDS ? Infinity : one.to };
    from = one.to;
    fromDating = one.toDating ?? 'edition';
  }
  return { present: false, from, fromDating, to: Infinity, toDating: null };
}

const STRENGTH: readonly Basis[] = ['unknown', 'between', 'declared', 'current', 'observed'];

/** The basis of an answer that rests on all of these: the weakest. `unknown` for none. */
export function weakestBasis(bases: readonly Basis[]): Basis {
  return [...bases].sort((a, b) => STRENGTH.indexOf(a) - STRENGTH.indexOf(b))[0] ?? 'unknown';
}

/** The basis of an answer for which any of these is enough: the strongest. `unknown` for none. */
export function strongestBasis(bases: readonly Basis[]): Basis {
  return [...bases].sort((a, b) => STRENGTH.indexOf(b) - STRENGTH.indexOf(a))[0] ?? 'unknown';
}
