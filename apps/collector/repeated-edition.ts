import { readEvents } from '@listory/event-log';
import type { EditionRef } from '@listory/listings';
import { knownEditions, type KnownEdition } from '@listory/views';
import type { Pool } from 'pg';
import type { ListComparison } from './compare-list.js';

/** Events since an edition that are looked through for changes of its lists; after more the edition is read anew. */
const LOOKED_THROUGH = 500;

/**
 * The latest edition of a publication for each of its lists, where it has these very bytes and nothing was recorded of
 * the lists since: these bytes then say again what is known, and need not be read. Empty where that is not so.
 * @param lists those for which these bytes were recorded
 */
export async function latestOfBytes(db: Pool, source: string, sha256: string, lists: readonly string[]): Promise<KnownEdition[]> {
  const editions = await knownEditions(db, lists);
  const latest = lists.map((list) => editions.findLast((one) => one.list === list)!);
  const [first] = latest;
  const isLatest = latest.every((one) => one.sha256 === sha256 && one.source === source && one.recordedPosition === first!.recordedPosition);
  if (!first || !isLatest) return [];
  const since = await readEvents(db, { after: first.recordedPosition, limit: LOOKED_THROUGH });
  const hasChanged = since.some(({ type, list }) => lists.includes(list) && !/^(edition|fetch)\./.test(type));
  return hasChanged || since.length === LOOKED_THROUGH ? [] : latest;
}

/** The comparison of an edition with the bytes of the latest one. */
export function comparedAsRepeated(edition: EditionRef, latest: KnownEdition): ListComparison {
  const { list, totals, sections, silentOn, rows } = latest;
  const counts = { added: 0, removed: 0, changed: 0 };
  const nothing = { lost: { names: 0, addresses: 0 }, decided: 0, events: [] };
  const spokeBefore = (): null => null;
  return { list, edition, cause: 'publisher', counts, totals, sections, silentOn, rows, inEffect: rows, before: latest, after: null, spokeBefore, ...nothing };
}
