import { anything, arrayOf, count, instant, moment, objectOf, oneOf, orNull, position, ref, sha256, text, type JsonSchema } from '../json-schema.js';

const citations = arrayOf(ref('Citation'), 'The legal acts behind the listing after the change.');
const edition = objectOf({ date: moment, sha256 });
const reason = orNull(text('Why this class, or why this decision.'));
const actor = text('Who decided.');

const identity = objectOf(
  { step: oneOf('key', 'same', 'exact', 'assignment', 'new', 'person'), score: orNull({ type: 'number' }), reason: text() },
  {},
  'How the entry of the edition was found to be this listing.',
);

const about = { list: text(), edition: orNull(edition), citations, dating: oneOf('publisher', 'edition', 'person') };
const change = { field: text('Such as name, addresses, details.title.'), before: anything, after: anything };
const copies = { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 2, description: 'Which of several equal elements.' };

const presence = objectOf(
  { ...about, listing: ref('ListingState') },
  { reason, key: orNull(text("The publisher's id of the entry.")), relisted: { type: 'boolean' }, identity },
);
const fieldChanged = objectOf({ ...about, ...change }, { reason, copies, identity });
const corrected = objectOf({ ...about, ...change, reason: text(), actor }, { copies });
const identityDecided = objectOf({
  ...about,
  other: text('The listing at the other end.'),
  continues: { type: 'boolean', description: 'Whether the subject is the listing that goes on.' },
  keys: arrayOf(text(), "Publisher's ids that are from now on read as the subject."),
  timeline: arrayOf({ type: 'array' }, 'All that is now known of the subject: field, moment, layer, value, dating.'),
  actor,
  reason: text(),
});

const documents = arrayOf(ref('Document'));
const counts = objectOf({ added: count(), removed: count(), changed: count() });
const source = text('The publication that it was read as.');
const decided = objectOf({ list: text(), source, edition, reason: text(), actor });

/** The data of every event type, version 1, by stored type. */
export const eventData: Record<string, JsonSchema> = {
  'listing.added': presence,
  'listing.removed': presence,
  'listing.renamed': fieldChanged,
  'listing.moved': fieldChanged,
  'alias.added': fieldChanged,
  'alias.removed': fieldChanged,
  'address.added': fieldChanged,
  'address.removed': fieldChanged,
  'address.changed': fieldChanged,
  'programs.changed': fieldChanged,
  'identifiers.changed': fieldChanged,
  'licence.changed': fieldChanged,
  'citations.changed': fieldChanged,
  'remarks.changed': fieldChanged,
  'details.changed': fieldChanged,
  'listing.corrected': corrected,
  'identity.linked': identityDecided,
  'identity.unlinked': identityDecided,
  'edition.recorded': objectOf({
    list: text(),
    source,
    edition,
    publishedOn: orNull(moment),
    documents,
    sections: { type: 'object', additionalProperties: count() },
    silentOn: arrayOf(text()),
    rows: count(),
    totals: objectOf({ names: count(), addresses: count() }),
    counts,
    outcome: oneOf('baseline', 'changed', 'unchanged'),
    reason: orNull(text()),
  }),
  'edition.held': objectOf({ list: text(), source, edition, documents, problem: text(), counts }),
  'edition.released': decided,
  'edition.discarded': decided,
  'fetch.checked': objectOf({ list: text(), source, edition, outcome: text(), problem: { type: 'null' }, via: text() }),
  'fetch.failed': objectOf({
    list: text(),
    source,
    edition: orNull(edition),
    outcome: oneOf('refused', 'failed'),
    problem: text(),
    via: text(),
  }),
};

/** The types whose shape has changed, with their newest version; the others have version 1. */
const RAISED: Record<string, number> = {};

/** The newest version of each event type. */
export const eventVersions: Record<string, number> = Object.fromEntries(Object.keys(eventData).map((type) => [type, RAISED[type] ?? 1]));

const cloudEvent = objectOf(
  {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: { type: 'string', pattern: '^/lists/' },
    type: { type: 'string', pattern: '^org\\.listory\\.[a-z.]+\\.v\\d+$' },
    subject: text('The listing, or the sha256 of the edition.'),
    time: { ...instant, description: 'When it was recorded.' },
    datacontenttype: { const: 'application/json' },
    sequence: { type: 'string', pattern: '^\\d{20}$', description: 'Position in the log, zero-padded.' },
    cause: oneOf('baseline', 'publisher', 'backfill', 'parser', 'identity', 'correction'),
    data: { type: 'object', description: 'By type: see the schemas whose name begins with `data.`.' },
  },
  {
    effectivedate: { type: 'string', format: 'date', description: 'The day on which the change took effect.' },
    changeclass: oneOf('substantive', 'editorial'),
  },
  'CloudEvents 1.0.',
);

/** Events as others see them. */
export const eventSchemas: Record<string, JsonSchema> = {
  CloudEvent: cloudEvent,
  EventsAnswer: objectOf({
    events: arrayOf(ref('CloudEvent')),
    next: { ...position, description: 'Ask with `after` set to this for what follows.' },
    head: { ...position, description: 'The last position of the log.' },
  }),
  ...Object.fromEntries(Object.entries(eventData).map(([type, schema]) => [`data.${type}.v${eventVersions[type]}`, schema])),
};

/** The name of the schema of a type's data, such as `data.listing.added.v1`. */
export function dataSchemaName(type: string): string {
  return `data.${type}.v${eventVersions[type]}`;
}
