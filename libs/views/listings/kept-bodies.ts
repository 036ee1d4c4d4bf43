import type { Pool } from 'pg';

/** Bytes of a generation; two are kept. Every list of today together has some 60 MB. */
const GENERATION = 64 * 1024 * 1024;

/** States that are fetched at once. */
const BATCH = 2_000;

/**
 * Texts of states, in memory: a state is named by its content, so what is kept is never out of date, and lists of
 * neighbouring days share nearly all of them. When a generation is full, what was not asked for since the one before
 * is forgotten.
 */
export class KeptBodies {
  private static readonly ofPools = new WeakMap<Pool, KeptBodies>();

  private young = new Map<string, Buffer>();
  private old = new Map<string, Buffer>();
  private size = 0;

  private constructor(private readonly pool: Pool) {}

  static of(pool: Pool): KeptBodies {
    let kept = this.ofPools.get(pool);
    if (!kept) this.ofPools.set(pool, (kept = new KeptBodies(pool)));
    return kept;
  }

  /** The JSON texts of states, in UTF-8, in the order of the ids. @throws where a state is not stored */
  async textsOf(stateIds: readonly string[]): Promise<Buffer[]> {
    const found = new Map<string, Buffer>();
    const missing: string[] = [];
    for (const id of stateIds) {
      const text = this.kept(id);
      if (text) found.set(id, text);
      else missing.push(id);
    }
    for (let begin = 0; begin < missing.length; begin += BATCH) {
      const { rows } = await this.pool.query<{ id: string; body: string }>(
        'select state_id as id, body from listings.states where state_id = any($1)',
        [missing.slice(begin, begin + BATCH)],
      );
      for (const { id, body } of rows) found.set(id, this.keep(id, Buffer.from(body)));
    }
    return stateIds.map((id) => {
      const text = found.get(id);
      if (!text) throw new Error(`The view 'listings' has no state ${id}. Rebuild it: listory rebuild listings.`);
      return text;
    });
  }

  private kept(id: string): Buffer | undefined {
    const young = this.young.get(id);
    if (young) return young;
    const old = this.old.get(id);
    return old && this.keep(id, old);
  }

  private keep(id: string, text: Buffer): Buffer {
    this.young.set(id, text);
    this.size += text.length;
    if (this.size > GENERATION) {
      this.old = this.young;
      this.young = new Map();
      this.size = 0;
    }
    return text;
  }
}
