import type { Pool } from 'pg';
import { latestKnown } from './latest-known.js';

/** Listings that are read at once. */
const BATCH = 1_000;

/**
 * Every listing that was ever known up to a position, as it stands last on its own time line: what a reader of all
 * events up to there has. In the order of ids, in batches; no transaction stays open between them, for what was known at
 * a position never changes.
 * @param lists null: all
 * @throws where the view of listings has not seen the position
 */
export async function* snapshotAt(pool: Pool, lists: readonly string[] | null, position: bigint): AsyncGenerator<{ listing: string; json: string }[]> {
  for (let after = ''; ; ) {
    const { rows } = await pool.query<{ listing: string }>(
      `select listing from listings.listings
        where listing > $1 and first_position <= $2 and ($3::text[] is null or list = any($3)) order by listing limit $4`,
      [after, String(position), lists, BATCH],
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ listing }) => listing);
    const found = await latestKnown(pool, ids, position);
    if (!found) throw new Error(`The view of listings has not seen position ${position}.`);
    yield found;
    after = ids[ids.length - 1]!;
  }
}
