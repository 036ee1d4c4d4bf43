import type { Pool } from 'pg';
import type { EditionAt, EditionsAround } from '../certainty.js';
import { namedQuery } from '../named-query.js';

/** One recorded edition, as far as every answer needs it. */
interface Remembered extends EditionAt {
  list: string;
  recorded: number;
}

/**
 * The editions of every list, in memory: each answer asks for those around its day, at any state of knowledge, and
 * what was once recorded never changes. Only what was recorded since is read.
 */
export class RememberedEditions {
  private static readonly ofPools = new WeakMap<Pool, RememberedEditions>();

  /** By list, ascending by date and then by position. */
  private readonly byList = new Map<string, Remembered[]>();
  private upTo = 0;
  private reading: Promise<void> = Promise.resolve();

  private constructor(private readonly pool: Pool) {}

  /** The editions recorded up to `position` at least, which the view has seen. */
  static async upTo(pool: Pool, position: bigint): Promise<RememberedEditions> {
    let remembered = this.ofPools.get(pool);
    if (!remembered) this.ofPools.set(pool, (remembered = new RememberedEditions(pool)));
    await remembered.readUpTo(Number(position));
    return remembered;
  }

  /** Every list with an edition as known at `position`, by name. */
  lists(position: bigint): string[] {
    return [...this.byList.keys()].filter((list) => this.find(list, position, 0, 1)).sort();
  }

  /** The first and the last edition of a list; null where there is none. */
  ends(list: string, position: bigint): { first: EditionAt; last: EditionAt } | null {
    const first = this.find(list, position, 0, 1);
    return first && { first, last: this.find(list, position, (this.byList.get(list)?.length ?? 0) - 1, -1)! };
  }

  /** The last edition up to a moment and the first after it. @param group only those that speak of it */
  around(list: string, position: bigint, moment: string, group?: string): EditionsAround {
    const editions = this.byList.get(list) ?? [];
    const after = firstAfter(editions, moment);
    const isMeant = (one: Remembered) => group === undefined || !one.silentOn.includes(group);
    return { before: this.find(list, position, after - 1, -1, isMeant), after: this.find(list, position, after, 1, isMeant) };
  }

  private find(list: string, position: bigint, from: number, step: 1 | -1, isMeant: (edition: Remembered) => boolean = () => true): EditionAt | null {
    const editions = this.byList.get(list) ?? [];
    const known = Number(position);
    for (let index = from; index >= 0 && index < editions.length; index += step) {
      const edition = editions[index]!;
      if (edition.recorded > known || !isMeant(edition)) continue;
      const { date, sha256, silentOn } = this.latestOf(editions, index, known);
      return { date, sha256, silentOn };
    }
    return null;
  }

  /** Of an edition that was recorded more than once, the last recording. */
  private latestOf(editions: readonly Remembered[], index: number, known: number): Remembered {
    let latest = editions[index]!;
    for (let next = index + 1; editions[next]?.date === latest.date && editions[next]!.recorded <= known; next++) latest = editions[next]!;
    return latest;
  }

  /** One reading at a time; who asks meanwhile waits for it, and reads on only where it was not enough. */
  private async readUpTo(position: number): Promise<void> {
    while (this.upTo < position) {
      const before = this.reading;
      await before.catch(() => {});
      if (this.upTo >= position) return;
      if (this.reading === before) this.reading = this.read(position);
      await this.reading;
    }
  }

  private async read(position: number): Promise<void> {
    const { rows } = await namedQuery<Remembered>(
      this.pool,
      'remembered-editions',
      `select list, moment as date, sha256, silent_on as "silentOn", recorded_position::float8 as recorded from editions.editions
        where recorded_position > $1 and recorded_position <= $2`,
      [this.upTo, position],
    );
    const touched = new Set<Remembered[]>();
    for (const row of rows) {
      let editions = this.byList.get(row.list);
      if (!editions) this.byList.set(row.list, (editions = []));
      editions.push(row);
      touched.add(editions);
    }
    for (const editions of touched) editions.sort((a, b) => (a.date === b.date ? a.recorded - b.recorded : a.date < b.date ? -1 : 1));
    this.upTo = position;
  }
}

/** The index of the first edition after a moment. */
function firstAfter(editions: readonly Remembered[], moment: string): number {
  let low = 0;
  let high = editions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (editions[middle]!.date <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
