import { catchUp, PoisonEventError, type RecordedEvent } from '@listory/event-log';
import type { Pool, PoolClient } from 'pg';
import { EditionsProjection } from './editions/project.js';
import { editionsIndexes, createEditionsTables } from './editions/table.js';
import { fillListings } from './listings/fill.js';
import { ListingsProjection } from './listings/project.js';
import { listingsIndexes, createListingsTables } from './listings/table.js';

/** A read model: its tables live in the schema of its name, its checkpoint in the log's table of followers. */
export interface View {
  name: string;
  /** Raised when tables or projection change: a view of an older version is rebuilt at start. */
  version: number;
  tables: (schema: string) => string;
  /** Indexes and constraints, made after the rows when the view is rebuilt. */
  indexes: (schema: string) => readonly string[];
  projection: (schema: string) => Projection;
  /** Fills empty tables up to a position of the log, where there is a quicker way than to follow it. */
  fill?: (pool: Pool, client: PoolClient, schema: string, upTo: bigint, onProgress: (events: number) => void) => Promise<void>;
}

export interface Projection {
  /** Applies events that follow position `after` without a gap, in the caller's transaction. */
  apply(client: PoolClient, events: readonly RecordedEvent[], after: bigint): Promise<void>;
}

/** Every view, by name. To add one: a folder with its tables, its projection and its queries, and a line here. */
export const views: readonly View[] = [
  {
    name: 'listings',
    version: 3,
    tables: createListingsTables,
    indexes: listingsIndexes,
    projection: (schema) => new ListingsProjection(schema),
    fill: fillListings,
  },
  {
    name: 'editions',
    version: 1,
    tables: createEditionsTables,
    indexes: editionsIndexes,
    projection: (schema) => new EditionsProjection(schema),
  },
];

/** Events a batch: enough for a statement to be worth its while, few enough to hold in memory. */
export const BATCH_SIZE = 5_000;

const projections = new WeakMap<Pool, Map<string, Projection>>();

/** The projection of a live view, one per pool: it remembers what it needs between batches. */
export function liveProjection(pool: Pool, view: View): Projection {
  let ofPool = projections.get(pool);
  if (!ofPool) projections.set(pool, (ofPool = new Map()));
  let projection = ofPool.get(view.name);
  if (!projection) ofPool.set(view.name, (projection = view.projection(view.name)));
  return projection;
}

/** Forgets what the live projection remembers, after its tables were swapped. */
export function forgetProjection(pool: Pool, view: View): void {
  projections.get(pool)?.delete(view.name);
}

/** Follower name of a view's checkpoint. */
export function followerOf(view: View): string {
  return `view:${view.name}`;
}

/**
 * Brings every view to the head of the log; another process doing the same is waited for. A view that meets an event
 * that it cannot read does not keep the others back.
 * @throws PoisonEventError of the first such view, after the others came to the head
 */
export async function catchUpViews(pool: Pool): Promise<void> {
  const [stopped] = await catchUpAsFarAsReadable(pool);
  if (stopped) throw stopped;
}

/** As `catchUpViews`, for who only reads: gives back why views stand still, for answers go on without what follows. */
export async function catchUpAsFarAsReadable(pool: Pool): Promise<PoisonEventError[]> {
  const stopped: PoisonEventError[] = [];
  for (const view of views) {
    const projection = liveProjection(pool, view);
    const handle = (client: PoolClient, events: readonly RecordedEvent[]) => projection.apply(client, events, events[0]!.position - 1n);
    try {
      await catchUp(pool, { name: followerOf(view), batchSize: BATCH_SIZE, handle });
    } catch (error) {
      if (!(error instanceof PoisonEventError)) throw error;
      stopped.push(error);
    }
  }
  return stopped;
}
