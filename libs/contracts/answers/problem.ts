import { arrayOf, count, objectOf, oneOf, orNull, position, ref, text, type JsonSchema } from '../json-schema.js';

/** What is not an answer about lists: problems, health. */
export const serviceSchemas: Record<string, JsonSchema> = {
  Problem: {
    ...objectOf({
      type: text('What went wrong, as a URN that never changes.'),
      title: text(),
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: text('What happened here, and what to do.'),
    }),
    properties: {
      type: text('What went wrong, as a URN that never changes.'),
      title: text(),
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: text('What happened here, and what to do.'),
      parameter: text('The parameter at fault.'),
    },
    additionalProperties: true,
    description: 'RFC 9457 problem details.',
  },
  Alive: objectOf({ status: oneOf('ok') }),
  Ready: objectOf({
    status: { ...oneOf('ok', 'degraded'), description: 'degraded: a view stands before an event that it cannot read; answers go on, and know nothing later.' },
    head: { ...position, description: 'The last position of the log.' },
    views: arrayOf(ref('ViewProgress')),
  }),
  ViewProgress: objectOf({
    name: text(),
    position,
    behind: count('Events not seen yet.'),
    error: orNull(text('Why it stands still.')),
    errorPosition: orNull({ ...position, description: 'The event that it cannot read.' }),
  }),
};
