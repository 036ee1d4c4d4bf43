import type { Database } from '@listory/postgres';
import { fillHistory, type History } from './history.js';
import type { Running } from './result.js';

/** A database with one made-up list. */
export interface Filled {
  url: string;
  database: Database;
  history: History;
}

/** The histories that several cases look at, each made once a run. */
export interface Histories {
  /** 25,000 listings with three events each. */
  usual(): Promise<Filled>;
  /** As many listings with ten times as many events. */
  tenTimes(): Promise<Filled>;
}

/** A list that the API knows. */
const LIST = 'us-ofac-sdn';

const made = new WeakMap<Running['server'], Histories>();

export function histories({ server, quick, say }: Running): Histories {
  const known = made.get(server);
  if (known) return known;
  const listings = quick ? 2_500 : 25_000;
  const changes = listings / 25;
  const fill = async (editions: number): Promise<Filled> => {
    const { url, database } = await server.freshDatabase();
    say(`writing ${listings + editions * changes} events about ${listings} listings`);
    return { url, database, history: await fillHistory(database, { list: LIST, listings, editions, changes }, say) };
  };
  const once = (editions: number) => {
    let filled: Promise<Filled> | undefined;
    return () => (filled ??= fill(editions));
  };
  // An edition changes one listing in 25: 50 editions make two changes a listing, 725 make 29.
  const ours = { usual: once(50), tenTimes: once(725) };
  made.set(server, ours);
  return ours;
}
