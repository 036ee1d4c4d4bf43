export { EDITION_LIMITS, openEdition, type EditionLimits, type SourceDocument } from './documents.js';
export { editionDateOfName } from './edition-date.js';
export { RefusedEditionError, UnreadableEditionError } from './errors.js';
export { sources } from './registry.js';
export type { Source } from './source.js';
