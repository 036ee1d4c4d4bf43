import { checkpoints, positionAt, recordedAt, snapToBatch } from '@listory/event-log';
import type { Pool } from 'pg';
import { KnownAtError } from './errors.js';
import { followerOf, views } from './views.js';

/** A state of knowledge: the coordinate of "as known at", decided once for everything in one answer. */
export interface Knowledge {
  /** All that was recorded up to this position of the log. */
  position: bigint;
  /** When the event at that position was recorded (RFC 3339, UTC); null where nothing was recorded by then. */
  at: string | null;
}

const MAX_POSITION = 9_223_372_036_854_775_806n;

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+ -]\d{2}:\d{2})$/;

/**
 * Maps `knownAt` to a position, at the end of an append and not later than what every view has seen.
 * @param knownAt an instant (RFC 3339) or a position `@12345`; without it, or in the future: now
 * @throws KnownAtError where it is neither
 */
export async function knowledgeAt(pool: Pool, knownAt?: string): Promise<Knowledge> {
  const asked = await positionOf(pool, knownAt);
  const seen = await seenPosition(pool);
  const position = asked === null || asked > seen ? seen : asked;
  return { position, at: await whenRecorded(pool, position) };
}

/** The position that every view has seen. */
export async function seenPosition(pool: Pool): Promise<bigint> {
  const seen = new Map((await checkpoints(pool)).map(({ name, position }) => [name, position]));
  return views.map((view) => seen.get(followerOf(view)) ?? 0n).reduce((least, one) => (one < least ? one : least));
}

async function positionOf(pool: Pool, knownAt: string | undefined): Promise<bigint | null> {
  if (knownAt === undefined) return null;
  const position = /^@(\d{1,19})$/.exec(knownAt);
  if (position) {
    const number = BigInt(position[1]!);
    return number > MAX_POSITION ? null : snapToBatch(pool, number);
  }
  return positionAt(pool, instantOf(knownAt));
}

/**
 * An instant in UTC, with at most six decimals.
 * @throws KnownAtError
 */
export function instantOf(text: string): string {
  const match = INSTANT.exec(text);
  if (!match) throw new KnownAtError(text);
  const [, date, time, fraction = '', zone] = match;
  const instant = new Date(`${date}T${time}${zone!.toUpperCase().replace(' ', '+')}`);
  const exists = !Number.isNaN(instant.getTime()) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date!);
  if (!exists || instant.getUTCFullYear() < 1 || instant.getUTCFullYear() > 9999) throw new KnownAtError(text);
  return instant.toISOString().replace('.000Z', fraction ? `.${fraction.slice(0, 6)}Z` : 'Z');
}

const remembered = new WeakMap<Pool, Map<bigint, string | null>>();

/** What was recorded at a position never changes, so it is asked for once. */
async function whenRecorded(pool: Pool, position: bigint): Promise<string | null> {
  let ofPool = remembered.get(pool);
  if (!ofPool) remembered.set(pool, (ofPool = new Map()));
  const known = ofPool.get(position);
  if (known !== undefined) return known;
  const at = position === 0n ? null : await recordedAt(pool, position);
  if (ofPool.size > 1_000) ofPool.clear();
  ofPool.set(position, at);
  return at;
}
