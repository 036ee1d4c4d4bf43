import type { Source } from './source.js';
import { usOfacCons } from './us-ofac-cons/source.js';
import { usOfacSdn } from './us-ofac-sdn/source.js';

/** Every publication that can be read, by its id. */
export const sources: Record<string, Source> = Object.fromEntries(
  [usOfacSdn, usOfacCons].map((source) => [source.id, source]),
);
