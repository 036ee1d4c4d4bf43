import type { SourceDocument } from '../documents.js';
import { RefusedEditionError } from '../errors.js';

/** OFAC publishes a list as three files, joined by uid. */
export interface OfacDocuments {
  main: SourceDocument;
  addresses: SourceDocument | null;
  aliases: SourceDocument | null;
}

/**
 * Tells OFAC's three files apart by their names: `add` for addresses, `alt` for aliases, and the list's own word for
 * the entries; any other single file is taken for the entries.
 * @param mainWord `sdn`, or `prim` in `cons_prim.csv`
 * @throws RefusedEditionError where a file is none of them, comes twice, or the entries are missing
 */
export function recogniseOfac(source: string, mainWord: string, documents: SourceDocument[]): OfacDocuments {
  const parts = new Map<string, SourceDocument>();
  for (const document of documents) {
    const part = documents.length === 1 ? mainWord : partOf(document.name, mainWord);
    if (part === null) {
      throw new RefusedEditionError(
        source, document.name, null, `The name says none of ${mainWord}, add and alt.`, 'Leave the file out, or rename it.',
      );
    }
    const before = parts.get(part);
    if (before !== undefined) {
      const problem = `This and ${before.name} are both the ${part} file.`;
      throw new RefusedEditionError(source, document.name, null, problem, 'Give each edition a folder of its own.');
    }
    parts.set(part, document);
  }
  const main = parts.get(mainWord);
  if (main === undefined) {
    throw new RefusedEditionError(source, null, null, `The ${mainWord} file is missing.`, 'Add it: without it nobody is known to be listed.');
  }
  return { main, addresses: parts.get('add') ?? null, aliases: parts.get('alt') ?? null };
}

function partOf(name: string, mainWord: string): string | null {
  const words = name.toLowerCase().split(/[^a-z]+/);
  if (words.includes('comments')) return null;
  return ['add', 'alt', mainWord].find((word) => words.includes(word)) ?? null;
}
