import type { ListComparison } from './compare-list.js';

/** An edition that takes away more than both waits for a person. */
export interface HoldLimit {
  /** Share of what was there, 0 to 1. */
  share: number;
  /** Number of listings, names or addresses. */
  count: number;
}

export const DEFAULT_HOLD_LIMIT: HoldLimit = { share: 0.05, count: 10 };

/** Over a longer gap than this, in days, a person looks at which entry continues which (lists without publisher ids). */
const LONG_GAP_DAYS = 366;

/** An edition older than all others with less than this share of the entries of the next one is taken for a stump. */
const STUMP = 0.5;

/** Limits by list; lists that are not named have the default. */
export type HoldLimits = ReadonlyMap<string, HoldLimit>;

/**
 * Reads `LISTORY_HOLD_LIMITS`: `us-bis-el=10%:50,un-sc=20%:5` (share and count a list).
 * @throws HoldLimitsError where it is not of that form
 */
export function parseHoldLimits(text: string | undefined): HoldLimits {
  const limits = new Map<string, HoldLimit>();
  for (const part of (text ?? '').split(',').map((one) => one.trim()).filter(Boolean)) {
    const match = /^([a-z0-9-]+)=(\d+(?:\.\d+)?)%:(\d+)$/.exec(part);
    if (!match) throw new HoldLimitsError(part);
    limits.set(match[1]!, { share: Number(match[2]) / 100, count: Number(match[3]) });
  }
  return limits;
}

export class HoldLimitsError extends Error {
  constructor(readonly part: string) {
    super(`LISTORY_HOLD_LIMITS: '${part}' is not of the form LIST=PERCENT%:COUNT, such as us-bis-el=10%:50.`);
    this.name = 'HoldLimitsError';
  }
}

/**
 * Why an edition has to wait for a person, or null. It waits where it would remove more than the limit, or lacks a
 * part, a section or a member list that the edition before had, or shrinks names or addresses beyond the limit. It
 * waits too where the list gives no ids, the edition before is more than a year older, and for more than the limit it
 * was decided by evidence which entry continues which.
 * @param missingLists member lists that the edition before had, and this one has not
 */
export function reasonToHold(
  comparisons: readonly ListComparison[],
  missingLists: readonly string[],
  limits: HoldLimits,
): string | null {
  const reasons: string[] = [];
  for (const list of missingLists) reasons.push(`member list ${list} is missing`);
  for (const comparison of comparisons) {
    const { list } = comparison;
    for (const reason of reasonsOfList(comparison, limits.get(list) ?? DEFAULT_HOLD_LIMIT)) reasons.push(`${list}: ${reason}`);
  }
  return reasons.length > 0 ? reasons.join('; ') : null;
}

function reasonsOfList(comparison: ListComparison, limit: HoldLimit): string[] {
  const { before, after, edition, rows: entries, counts, inEffect, decided } = comparison;
  const beside = before ?? after;
  if (!beside) return [];
  const reasons: string[] = [];
  if (exceeds(limit, counts.removed, inEffect)) reasons.push(`would remove ${share(counts.removed, inEffect)} listings`);
  if (!before && entries < STUMP * beside.rows && exceeds(limit, beside.rows - entries, beside.rows)) {
    reasons.push(`has ${entries} entries, the next edition (${beside.moment}) ${beside.rows}`);
  }
  const gap = before ? (Date.parse(edition.date.slice(0, 10)) - Date.parse(before.moment.slice(0, 10))) / 86_400_000 : 0;
  if (gap > LONG_GAP_DAYS && exceeds(limit, decided, inEffect)) {
    reasons.push(`${gap} days after the edition before, it gives no ids: which listing goes on in which was decided by evidence for ${share(decided, inEffect)}`);
  }
  for (const [section, rows] of Object.entries(beside.sections)) {
    if (rows > 0 && !comparison.sections[section]) reasons.push(`${section}, which the edition of ${beside.moment} has, is missing or empty`);
  }
  for (const group of comparison.silentOn) {
    if (isSaid(group) && !beside.silentOn.includes(group)) reasons.push(`says nothing of ${group}, as the edition of ${beside.moment} does`);
  }
  return [...reasons, ...shrinking(comparison, limit)];
}

/**
 * Names and addresses, each against the last edition that spoke of them: in all, and of the listings that stay (what
 * new listings bring makes up for nothing).
 */
function shrinking({ spokeBefore, silentOn, totals, lost: lostByStaying }: ListComparison, limit: HoldLimit): string[] {
  const reasons: string[] = [];
  for (const [what, group] of [['names', 'aliases'], ['addresses', 'addresses']] as const) {
    const last = spokeBefore(group);
    if (!last || silentOn.includes(group)) continue;
    const lost = Math.max(last.totals[what] - totals[what], lostByStaying[what]);
    if (exceeds(limit, lost, last.totals[what])) reasons.push(`would lose ${share(lost, last.totals[what])} ${what}`);
  }
  return reasons;
}

function exceeds(limit: HoldLimit, lost: number, of: number): boolean {
  return lost > limit.count && lost > limit.share * of;
}

function share(lost: number, of: number): string {
  return `${lost} of ${of} (${((100 * lost) / of).toFixed(1)} %)`;
}

/** What every edition is expected to speak of; single columns come and go. */
function isSaid(group: string): boolean {
  return group === 'addresses' || group === 'aliases';
}
