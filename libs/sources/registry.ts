import type { Source } from './source.js';
import { unSc } from './un-sc/source.js';
import { usBisEl } from './us-bis-el/source.js';
import { usCsl } from './us-csl/source.js';
import { usOfacCons } from './us-ofac-cons/source.js';
import { usOfacSdn } from './us-ofac-sdn/source.js';

/** Every publication that can be read, by its id. */
export const sources: Record<string, Source> = Object.fromEntries(
  [unSc, usBisEl, usCsl, usOfacCons, usOfacSdn].map((source) => [source.id, source]),
);
