/** Numbers that look random and come again for the same seed, which is printed: `LISTORY_TEST_SEED=n` repeats a run. */
export class Seeded {
  readonly seed: number;
  private state: number;

  constructor(what: string) {
    this.seed = Number(process.env.LISTORY_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
    this.state = this.seed;
    process.stderr.write(`${what}: LISTORY_TEST_SEED=${this.seed}\n`);
  }

  /** From 0 to 1, exclusive (mulberry32, T. Ettinger, public domain). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `below`, exclusive. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** The same elements in another order (Fisher and Yates). */
  shuffled<T>(elements: readonly T[]): T[] {
    const shuffled = [...elements];
    for (let index = shuffled.length - 1; index > 0; index--) {
      const other = this.below(index + 1);
      [shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
    }
    return shuffled;
  }
}
