import { setTimeout as sleep } from 'node:timers/promises';
import { download, type Download, type Downloaded } from './download.js';
import { DownloadFailed, PartsDoNotBelongTogether } from './errors.js';

/** One file of an edition, and what is known of it from the last time. */
export interface Part {
  part: string;
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** Of the bytes that came the last time; null: it was never fetched. */
  sha256: string | null;
}

/** One file of an edition as it is now. */
export interface FetchedPart extends Part {
  /** null: not changed since the last time. */
  bytes: Buffer | null;
}

/** How stubborn it is. */
export interface Patience {
  /** Tries of one file, where the failure may pass. Default 4. */
  tries: number;
  /** The pause before the second try (ms), which doubles. Default 1000. */
  pauseMs: number;
  /** The longest that a publisher's `Retry-After` is waited for (ms); longer ones are left to the schedule. Default 60,000. */
  longestMs: number;
}

const PATIENCE: Patience = { tries: 4, pauseMs: 1_000, longestMs: 60_000 };
/** How often all parts are fetched again because one changed meanwhile. */
const ROUNDS = 3;

type How = Pick<Download, 'signal' | 'redirectHosts' | 'limits'> & { patience?: Partial<Patience> };

/**
 * Fetches all files of one edition. They belong together where none of them has changed between the first answer and the
 * last: after all have come, each but the last is asked for once more, and has to be the same.
 * @throws DownloadFailed, PartsDoNotBelongTogether
 */
export async function fetchParts(source: string, parts: readonly Part[], how: How): Promise<FetchedPart[]> {
  let known: readonly FetchedPart[] = parts.map((part) => ({ ...part, bytes: null }));
  let changed = '';
  for (let round = 0; round < ROUNDS; round++) {
    const fetched: FetchedPart[] = [];
    for (const part of known) fetched.push(await fetchPart(part, how));
    const moved = await firstChanged(fetched.slice(0, -1), how);
    if (!moved) return fetched;
    changed = moved.part;
    known = fetched;
  }
  throw new PartsDoNotBelongTogether(source, changed);
}

async function firstChanged(parts: readonly FetchedPart[], how: How): Promise<Part | null> {
  for (const part of parts) {
    const again = await fetchPart(part, how);
    const isSame = again.bytes === part.bytes || (again.bytes !== null && part.bytes !== null && again.bytes.equals(part.bytes));
    if (!isSame) return part;
  }
  return null;
}

/** The part as it is now; with the bytes that it had where it has not changed since. */
async function fetchPart(part: FetchedPart, how: How): Promise<FetchedPart> {
  const answer = await stubbornly(part, how);
  return answer.kind === 'unchanged' ? part : { ...part, ...answer };
}

async function stubbornly({ url, etag, lastModified }: Part, { patience, ...how }: How): Promise<Downloaded> {
  const { tries, pauseMs, longestMs } = { ...PATIENCE, ...patience };
  for (let attempt = 1; ; attempt++) {
    try {
      return await download({ url, etag, lastModified, ...how });
    } catch (error) {
      if (!(error instanceof DownloadFailed) || !error.passing || attempt >= tries || (error.retryAfterMs ?? 0) > longestMs) throw error;
      const pause = error.retryAfterMs ?? pauseMs * 2 ** (attempt - 1);
      await sleep(pause * (1 + Math.random() / 4), undefined, { signal: how.signal }).catch(() => {});
    }
  }
}
