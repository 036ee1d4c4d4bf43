import { STILL_KNOWN } from './table.js';

/**
 * The versions that are known at a position and fulfil a condition, as a part of a `from`. What is still known and what
 * no longer is have indexes of their own: for a question about what is known now the first alone is looked at.
 * @param condition about the other columns of `listings.versions`, in SQL
 * @param position an SQL expression
 */
export function knownVersions(condition: string, position: string): string {
  const part = (knownTo: string) => `select * from listings.versions where ${condition} and known_from <= ${position} and ${knownTo}`;
  return `(${part(`known_to = ${STILL_KNOWN}`)} union all ${part(`known_to > ${position} and known_to < ${STILL_KNOWN}`)})`;
}
