import type { Basis, EditionAt, ListKnowledge } from '@listory/views';
import type { Moments } from './answerer.js';
import type { Known } from './known-at.js';

/** What every answer about lists says of itself. */
export interface Rests {
  asOf: string;
  knownAt: Known;
  basis: Basis;
  coverage: Coverage[];
  editions: EditionUsed[];
}

export interface Coverage {
  list: string;
  first: string;
  last: string;
  checked: string | null;
  /** It is fetched by the clock, but was not reached for longer than its limit. */
  stale?: true;
}

export interface EditionUsed {
  list: string;
  date: string;
  sha256: string;
  silentOn?: string[];
  for?: string[];
}

/**
 * As of when, as known when, from what.
 * @param searched every list that was asked
 * @param used those on whose editions the answer rests; default: all
 */
export function restsOf({ asOf, knownAt }: Moments, basis: Basis, searched: readonly ListKnowledge[], used = searched): Rests {
  return {
    asOf,
    knownAt: knownOf(knownAt),
    basis,
    coverage: coverageOf(searched, knownAt),
    editions: used.flatMap((one) => editionsUsed(one, asOf)),
  };
}

/** As known when, as answers print it. */
export function knownOf({ position, at, notice }: Known): Known {
  return { position, at, ...(notice ? { notice } : {}) };
}

export function coverageOf(lists: readonly ListKnowledge[], { stale = [] }: Known): Coverage[] {
  return lists.map(({ list, first, last, checked }) => ({ list, first, last, checked, ...(stale.includes(list) && { stale: true as const }) }));
}

/** What editions can be silent on as a whole: files of their own. */
const GROUPS = ['aliases', 'addresses'] as const;

/** Each edition once. */
export function distinctEditions(editions: readonly EditionUsed[]): EditionUsed[] {
  return [...new Map(editions.map((one) => [[one.list, one.date, one.sha256, one.for ?? ''].join(' '), one])).values()];
}

/** The editions around the day, and those before them that were the last to speak of aliases or addresses. */
export function editionsUsed(one: ListKnowledge, asOf: string): EditionUsed[] {
  const { list, before, after } = one;
  const isThatDay = before?.date.startsWith(asOf) ?? false;
  const around = [before, isThatDay ? null : after].filter((edition): edition is EditionAt => edition !== null);
  const spoke = new Map<string, EditionUsed & { for: string[] }>();
  for (const group of GROUPS) {
    const edition = one[group].before;
    if (!before?.silentOn.includes(group) || !edition) continue;
    const key = `${edition.date} ${edition.sha256}`;
    const known = spoke.get(key);
    if (known) known.for.push(group);
    else spoke.set(key, { list, date: edition.date, sha256: edition.sha256, for: [group] });
  }
  const used = around.map(({ date, sha256, silentOn }) => {
    const groups = GROUPS.filter((group) => silentOn.includes(group));
    return { list, date, sha256, ...(groups.length ? { silentOn: groups } : {}) };
  });
  return [...spoke.values(), ...used];
}
