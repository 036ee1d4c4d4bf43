/**
 * The same function, which remembers what it gave for the latest texts. Lists repeat themselves: cities and countries
 * within an edition, whole addresses and names from one state of a listing to the next.
 * @param most how many texts to remember; when there are more, all are forgotten
 */
export function remembering<T>(most: number, of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = of(text);
    if (known.size >= most) known.clear();
    known.set(ownCopy(text), value);
    return value;
  };
}

/** A piece of a string keeps the whole of it in memory: here the file of an edition. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
