import type { PoolClient } from 'pg';

/** Which listing a publisher's id is read as. */
interface Key {
  list: string;
  key: string;
  listing: string;
  position: bigint;
  /** By a person; else because the listing was added with it. */
  isDecided: boolean;
}

/**
 * The publisher ids that wait to be written. The last decision of a person counts; where there is none, the listing
 * that was first added with the id. They may come in any order.
 */
export class PendingKeys {
  private readonly keys = new Map<string, Key>();

  add(key: Key): void {
    const name = `${key.list} ${key.key}`;
    const known = this.keys.get(name);
    if (!known || counts(key, known)) this.keys.set(name, key);
  }

  /** @param schema where the table `keys` is */
  async flush(client: PoolClient, schema: string): Promise<void> {
    for (const [isDecided, onConflict] of [[false, 'nothing'], [true, 'update set listing = excluded.listing']] as const) {
      const keys = [...this.keys.values()].filter((one) => one.isDecided === isDecided);
      if (keys.length === 0) continue;
      await client.query(
        `insert into ${schema}.keys (list, key, listing) select * from unnest($1::text[], $2::text[], $3::text[])
         on conflict (list, key) do ${onConflict}`,
        [keys.map((one) => one.list), keys.map((one) => one.key), keys.map((one) => one.listing)],
      );
    }
  }
}

function counts(one: Key, known: Key): boolean {
  if (one.isDecided !== known.isDecided) return one.isDecided;
  return one.isDecided ? one.position > known.position : one.position < known.position;
}
