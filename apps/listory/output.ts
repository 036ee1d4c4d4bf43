/** Exit statuses of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, held: 3 } as const;

/** One JSON document on a line of its own; positions are numbers, as JSON can hold them exactly up to 2^53. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? Number(one) : one));
}

/** A table for people: columns as wide as their longest cell, the last one as it comes. */
export function table(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell))));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  ').trimEnd();
  return [line(cells[0]!), widths.map((width) => '-'.repeat(Math.min(width, 60))).join('  '), ...cells.slice(1).map(line)].join('\n');
}

/** Writes to standard output and waits until it is taken. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}
