import { changeSchemas } from './answers/changes.js';
import { envelopeSchemas } from './answers/envelope.js';
import { heldSchemas } from './answers/held.js';
import { listingSchemas } from './answers/listing.js';
import { serviceSchemas } from './answers/problem.js';
import { eventSchemas } from './events/schemas.js';
import type { JsonSchema } from './json-schema.js';

/** Every schema of answers and events, by name: the `components.schemas` of the OpenAPI and the AsyncAPI document. */
export const schemas: Record<string, JsonSchema> = {
  ...envelopeSchemas,
  ...listingSchemas,
  ...heldSchemas,
  ...changeSchemas,
  ...eventSchemas,
  ...serviceSchemas,
};
