import { knowledgeAt, standstills, type Knowledge, type Standstill } from '@listory/views';
import type { Pool } from 'pg';
import { freshnessLately, staleLists } from './fetching.js';

/** A state of knowledge, and what keeps it from being newer, where something does. */
export interface Known extends Knowledge {
  notice?: Notice;
  /** Lists that are fetched by the clock, but were not reached for longer than their limit, as of now. */
  stale?: readonly string[];
}

/** A view cannot read an event, so that nothing from its position on is in any answer. */
export interface Notice {
  /** The event that cannot be read. */
  position: bigint;
  detail: string;
}

/**
 * What was known at an instant or a position; without it: now. An instant stands for the whole of the unit in which it
 * is written, as a date does for the whole day: `15:00:00Z` reaches to the end of that second, `15:00:00.123Z` to the
 * end of that millisecond. So an instant of ours that a client cut short still includes what was recorded then.
 * @throws KnownAtError where it is neither
 */
export async function knownBy(pool: Pool, knownAt?: string): Promise<Known> {
  const asked = knownAt === undefined ? undefined : endOfUnit(knownAt);
  const [knowledge, stopped, fetching] = await Promise.all([knowledgeAt(pool, asked), standstillsLately(pool), freshnessLately(pool)]);
  const stale = staleLists(fetching);
  const reached = stopped.find(({ after }) => after <= knowledge.position);
  const notice = reached && { position: reached.position, detail: reached.detail };
  return { ...knowledge, ...(notice && { notice }), ...(stale.length > 0 && { stale }) };
}

/** For so long nobody looks again whether all views go on: a question that comes in between may miss the notice, never the facts. */
const LOOK_AGAIN_MS = 500;

const goingOn = new WeakMap<Pool, number>();

async function standstillsLately(pool: Pool): Promise<Standstill[]> {
  if (performance.now() - (goingOn.get(pool) ?? -Infinity) < LOOK_AGAIN_MS) return [];
  const stopped = await standstills(pool);
  if (stopped.length === 0) goingOn.set(pool, performance.now());
  return stopped;
}

const SHORT_INSTANT = /^(.*\d{2}:\d{2}:\d{2})(?:\.(\d{1,5}))?([Zz]|[+ -]\d{2}:\d{2})$/;

/** The last microsecond of the second, or of the part of a second, that an instant names; any other text as it is. */
export function endOfUnit(text: string): string {
  const match = SHORT_INSTANT.exec(text);
  if (!match) return text;
  const [, until, fraction = '', zone] = match;
  return `${until}.${fraction.padEnd(6, '9')}${zone}`;
}
