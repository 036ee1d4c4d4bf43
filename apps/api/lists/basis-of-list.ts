import { disagreementBetween, type Basis, type Disagreement, type EditionsAround, type ListKnowledge } from '@listory/views';
import type { Pool } from 'pg';
import type { Moments } from '../asking/answerer.js';

/**
 * On what it rests who is on a list on a day.
 * @param held null where nothing is held of the list
 * @param total how many listings are in effect that day
 */
export async function basisOfList(pool: Pool, held: ListKnowledge | null, moments: Moments, total: number): Promise<Basis> {
  return basisOf(held, moments.asOf, total, await disagreementAbout(pool, held, moments));
}

/** In how far the editions around the day disagree; null where there is only one, or one of that very day. */
export async function disagreementAbout(pool: Pool, held: ListKnowledge | null, { asOf, knownAt }: Moments): Promise<Disagreement | null> {
  if (!held?.before || !held.after || held.before.date.startsWith(asOf)) return null;
  return disagreementBetween(pool, held.list, knownAt.position, held.before.date, held.after.date);
}

export function basisOf(held: EditionsAround | null, asOf: string, total: number, disagreement: Disagreement | null): Basis {
  if (!held) return 'unknown';
  if (!held.before) return total > 0 ? 'declared' : 'unknown';
  if (held.before.date.startsWith(asOf)) return 'observed';
  if (!held.after || !disagreement) return 'current';
  if (disagreement.addedUndated + disagreement.removedUndated > 0) return 'between';
  return disagreement.dated > 0 ? 'declared' : 'observed';
}
