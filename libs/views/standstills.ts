import { checkpoints } from '@listory/event-log';
import type { Pool } from 'pg';
import { followerOf, views } from './views.js';

/** A view that stands still before an event that it cannot read. */
export interface Standstill {
  view: string;
  /** The last position that the view has seen. */
  after: bigint;
  /** The event that cannot be read: in the append that follows. */
  position: bigint;
  /** What happened when it was tried the last time. */
  error: string;
  /** All of this in words. */
  detail: string;
}

/** The views that stand still, the one that came least far first. */
export async function standstills(pool: Pool): Promise<Standstill[]> {
  const stopped = (await checkpoints(pool)).flatMap(({ name, position: after, error, errorPosition }): Standstill[] => {
    const view = views.find((one) => followerOf(one) === name);
    if (!view || error === null) return [];
    const position = errorPosition ?? after + 1n;
    const detail = `The view ${view.name} cannot read the event at position ${position} (${error}) and stands after position ${after}: nothing that was recorded later is known here.`;
    return [{ view: view.name, after, position, error, detail }];
  });
  return stopped.sort((one, other) => (one.after < other.after ? -1 : 1));
}
