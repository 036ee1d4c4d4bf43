import type { DocumentRef, Moment, Totals } from '@listory/listings';
import type { Pool, PoolClient } from 'pg';

type Db = Pool | PoolClient;

/** One recorded edition of a list. */
export interface KnownEdition {
  list: string;
  moment: Moment;
  sha256: string;
  source: string;
  documents: DocumentRef[];
  /** Log position at which it was recorded. */
  recordedPosition: bigint;
  publishedOn: string | null;
  silentOn: string[];
  sections: Record<string, number>;
  totals: Totals;
  rows: number;
}

/** The recorded editions of the lists, by list and moment ascending, as known now. */
export async function knownEditions(db: Db, lists: readonly string[]): Promise<KnownEdition[]> {
  const { rows } = await db.query<Record<string, never>>(
    `select distinct on (list, moment) * from editions.editions
      where list = any($1) order by list, moment, recorded_position desc`,
    [lists],
  );
  return rows.map((row) => ({
    list: row.list!,
    moment: row.moment!,
    sha256: row.sha256!,
    source: row.source!,
    documents: row.documents!,
    recordedPosition: BigInt(row.recorded_position!),
    publishedOn: row.published_on ?? null,
    silentOn: row.silent_on!,
    sections: row.sections!,
    totals: { names: row.names!, addresses: row.addresses! },
    rows: row.row_count!,
  }));
}

/** The lists for which an edition of a publication with these bytes was recorded, as known now. */
export async function listsOfBytes(db: Db, source: string, sha256: string): Promise<string[]> {
  const { rows } = await db.query<{ list: string }>(
    'select distinct list from editions.editions where source = $1 and sha256 = $2 order by list',
    [source, sha256],
  );
  return rows.map((row) => row.list);
}

/** The member lists that the latest edition of a compilation at or before `moment` had. */
export async function memberListsBefore(db: Db, source: string, moment: Moment): Promise<string[]> {
  const { rows } = await db.query<{ list: string }>(
    `select distinct list from editions.editions where source = $1 and moment =
       (select max(moment) from editions.editions where source = $1 and moment <= $2)`,
    [source, moment],
  );
  return rows.map((row) => row.list);
}

/** An edition that waits for a person, with every list that it is about. */
export interface WaitingEdition {
  sha256: string;
  moment: Moment;
  source: string;
  lists: string[];
  documents: { name: string; sha256: string; size: number }[];
  problem: string;
}

/** The editions that wait for a person; `sha256` may be the first digits of one. */
export async function waitingEditions(db: Db, sha256 = ''): Promise<WaitingEdition[]> {
  const { rows } = await db.query<WaitingEdition>(
    `select sha256, moment, source, array_agg(list order by list) as lists, (array_agg(documents))[1] as documents,
            string_agg(distinct problem, '; ') as problem
       from editions.held where decision is null and starts_with(sha256, $1)
      group by sha256, moment, source order by moment, source`,
    [sha256],
  );
  return rows;
}
