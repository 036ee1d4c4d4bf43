import { freshness, type Freshness } from '@listory/fetching';
import type { Pool } from 'pg';
import { memberListsOf } from './known-lists.js';

/** For so long nobody looks again how the fetching stands. */
const LOOK_AGAIN_MS = 1_000;

const looks = new WeakMap<Pool, { at: number; found: Promise<Freshness[]> }>();

/** How every publication that is fetched by the clock stands, within the last second. */
export async function freshnessLately(pool: Pool): Promise<Freshness[]> {
  const last = looks.get(pool);
  if (last && performance.now() - last.at < LOOK_AGAIN_MS) return last.found;
  const look = { at: performance.now(), found: freshness(pool) };
  looks.set(pool, look);
  look.found.catch(() => looks.delete(pool));
  return look.found;
}

/** The schedules by which a list is fetched: its own, and those of compilations that hold it. */
export function schedulesOf(list: string, all: readonly Freshness[]): Freshness[] {
  return all.filter(({ source }) => memberListsOf(source).includes(list));
}

/** Lists that are fetched by the clock, and were not reached for longer than their limit by any of their schedules. */
export function staleLists(all: readonly Freshness[]): string[] {
  const lists = new Set(all.flatMap(({ source }) => memberListsOf(source)));
  return [...lists].filter((list) => schedulesOf(list, all).every(({ isStale }) => isStale)).sort();
}
