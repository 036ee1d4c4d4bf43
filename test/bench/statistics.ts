/** What several rounds gave: the middle one, and how far the others lie from it. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** @throws where there is nothing to summarise */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  if (sorted.length === 0) throw new Error('There are no samples.');
  return { median: quantile(sorted, 0.5), min: sorted[0]!, max: sorted[sorted.length - 1]! };
}

/** The sample below which a share of all samples lies. @param sorted ascending @param share 0 to 1 */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (above - below) * (at - Math.floor(at));
}

/** The spread of what each round's samples give together, such as a ratio: rounds share the load of their moment. */
export function spreadByRound(one: readonly number[], other: readonly number[], of: (one: number, other: number) => number): Spread {
  return spreadOf(one.map((sample, round) => of(sample, other[round]!)));
}
