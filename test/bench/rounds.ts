/**
 * Runs every contender once a round, so that all of them meet the same load of the machine; every other round in
 * reverse order, so that none always has the other's leftovers in the caches. One round more goes before, uncounted.
 * @param contenders each gives what it measured
 * @returns what each measured, a sample a round
 */
export async function interleaved<Name extends string>(
  rounds: number,
  contenders: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await contenders[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) samples[name].push(await contenders[name]());
  }
  return samples;
}

/** How long some work takes, in milliseconds. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
