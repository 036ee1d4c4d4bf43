import { eventVersions } from './events/schemas.js';
import type { JsonSchema } from './json-schema.js';

/** A parameter of a question: documents it, and judges what comes. */
export interface Parameter {
  description: string;
  schema: JsonSchema;
  example: string | number;
}

// Any text but NUL, which PostgreSQL cannot hold, and halves of surrogate pairs, which UTF-8 cannot.
const TEXT = '^[^\\u0000\\ud800-\\udfff]*$';

function words(maxLength: number): JsonSchema {
  return { type: 'string', minLength: 1, maxLength, pattern: TEXT };
}

const listName: JsonSchema = { type: 'string', pattern: '^[a-z0-9-]+$', maxLength: 64 };
const day: JsonSchema = { type: 'string', format: 'date' };
const known: JsonSchema = { type: 'string', format: 'known-at' };

/** Every parameter, by name. */
export const parameters = {
  list: { description: 'A list, such as us-bis-el.', schema: listName, example: 'us-bis-el' },
  lists: {
    description: 'One list, or several with commas; a compilation stands for its member lists. Default: every list that holds editions.',
    schema: { type: 'string', pattern: '^[a-z0-9-]+(,[a-z0-9-]+)*$', maxLength: 1000 },
    example: 'us-bis-el',
  },
  asOf: { description: 'The state at the end of this day. Default: today (UTC).', schema: day, example: '2025-03-25' },
  knownAt: {
    description:
      'As known at this instant (RFC 3339) or position of the log (@12345). An instant stands for the whole unit in which it is written: ' +
      '15:00:00Z reaches to the end of that second. A position inside an append stands for what was known before it. Default, and for the future: now.',
    schema: known,
    example: '@12345',
  },
  name: { description: 'A name or alias; case, accents, punctuation and legal forms are put aside.', schema: words(1000), example: 'Nettrix Information Industry Co., Ltd.' },
  id: { description: "A listing's id.", schema: words(500), example: 'us-ofac-sdn:10001' },
  addressId: { description: "An address's id.", schema: { type: 'string', pattern: '^addr-[0-9a-f]{16}$' }, example: 'addr-0123456789abcdef' },
  text: { description: 'An address, or words of it.', schema: words(2000), example: 'No. 15, Haitai Huake Street, Tianjin' },
  sha256: { description: "An edition's sha256.", schema: { type: 'string', pattern: '^[0-9a-f]{64}$' }, example: '0'.repeat(64) },
  part: { description: 'One file of an edition of several, by its name.', schema: words(500), example: 'sdn.csv' },
  from: { description: 'The earlier day.', schema: day, example: '2022-05-06' },
  to: { description: 'The later day. Default: today (UTC).', schema: day, example: '2025-11-08' },
  knownFrom: { description: 'The earlier state of knowledge: an instant or a position.', schema: known, example: '@100' },
  knownTo: { description: 'The later state of knowledge. Default: now.', schema: known, example: '@12345' },
  limit: { description: 'How many at most.', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 }, example: 100 },
  cursor: { description: 'Where the next page begins: `next` of the page before.', schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,4000}$' }, example: 'eyJwIjoxMjM0NX0' },
  after: {
    description: 'Only events after this position; not beyond the head of the log.',
    schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 },
    example: 0,
  },
  wait: {
    description: 'Seconds to wait for an event where there is none yet. Not for streams.',
    schema: { type: 'integer', minimum: 0, maximum: 60, default: 0 },
    example: 30,
  },
  type: {
    description: `Only events of this type, with or without prefix and version: ${Object.keys(eventVersions).join(', ')}.`,
    schema: { type: 'string', enum: Object.entries(eventVersions).flatMap(([type, version]) => [type, `org.listory.${type}.v${version}`]) },
    example: 'listing.added',
  },
} satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;
