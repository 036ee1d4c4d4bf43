import { arrayOf, count, date, instant, moment, objectOf, oneOf, orNull, position, ref, sha256, text, type JsonSchema } from '../json-schema.js';
import { rests } from './envelope.js';

const { editions: _editions, ...restsButEditions } = rests;
const recordedAt = objectOf({ position, at: instant });
const counts = { added: count(), removed: count(), changed: count() };
const next = orNull(text('Cursor of the next page; null on the last.'));

/** What is held: lists, editions, fetches. */
export const heldSchemas: Record<string, JsonSchema> = {
  ListHeld: objectOf({
    list: text(),
    sources: arrayOf(text(), 'Publications that it is read from.'),
    editions: count(),
    first: orNull(date),
    last: orNull(date),
    checked: orNull({ ...instant, description: 'When it was last fetched successfully.' }),
    fetched: orNull({ ...instant, description: 'When it was last fetched, with whatever outcome, by itself or in a compilation that it is read from.' }),
    problem: orNull(text('Why that last fetch was refused or failed; null where it was well.')),
    waiting: count('Editions that wait for a person.'),
    listings: count('Listings in effect today.'),
  }),
  PublicationHeld: objectOf(
    {
      publication: text(),
      lists: arrayOf(text(), 'The lists that it holds: itself, or those of a compilation.'),
      checked: orNull({ ...instant, description: 'When it was last fetched successfully.' }),
      fetched: { ...instant, description: 'When it was last fetched, with whatever outcome.' },
      problem: orNull(text('Why that last fetch was refused or failed; null where it was well.')),
    },
    {
      schedule: objectOf(
        {
          reached: orNull({ ...instant, description: 'When the clock last reached the publisher, and could read what came.' }),
          due: { ...instant, description: 'When it is fetched next.' },
          failures: count('Failures in a row.'),
          stale: { type: 'boolean', description: 'Whether it was not reached for longer than its limit.' },
        },
        {},
        'Where it is fetched by the clock.',
      ),
    },
    'What is fetched: the publication of one list, or a compilation of several, which is no list itself.',
  ),
  ListsAnswer: objectOf({ ...rests, total: count(), lists: arrayOf(ref('ListHeld')), publications: arrayOf(ref('PublicationHeld')), next: { type: 'null' } }),
  OneListAnswer: objectOf({ ...rests, list: ref('ListHeld') }),
  Document: objectOf({ name: text(), sha256, size: count('Bytes, unpacked.') }),
  Edition: objectOf({
    list: text(),
    date: moment,
    sha256,
    source: text(),
    publishedOn: orNull(text("The publisher's own date inside the file.")),
    recorded: recordedAt,
    documents: arrayOf(ref('Document')),
    sections: { type: 'object', additionalProperties: count(), description: 'Named sections with the number of rows in each.' },
    silentOn: arrayOf(text(), 'What this edition says nothing of.'),
    rows: count(),
    names: count(),
    addresses: count(),
    ...counts,
    outcome: oneOf('baseline', 'changed', 'unchanged'),
    reason: orNull(text('Why it was released, where it would have been held.')),
  }),
  HeldEdition: objectOf({
    list: text(),
    date: moment,
    sha256,
    source: text(),
    held: recordedAt,
    problem: text(),
    documents: arrayOf(ref('Document')),
    ...counts,
    decision: orNull(oneOf('released', 'discarded')),
    decided: orNull(objectOf({ position, at: instant, reason: text(), actor: text() })),
  }),
  Fetch: objectOf({
    position,
    list: text(),
    source: text(),
    at: instant,
    outcome: oneOf('baseline', 'changed', 'unchanged', 'duplicate', 'held', 'refused', 'failed'),
    date: orNull(moment),
    sha256: orNull(sha256),
    problem: orNull(text()),
    via: text('Where it came from: a path, or an address.'),
  }),
  EditionsAnswer: objectOf({ list: text(), ...restsButEditions, total: count(), editions: arrayOf(ref('Edition')), next }),
  FetchesAnswer: objectOf({ list: text(), ...rests, total: count(), fetches: arrayOf(ref('Fetch')), next }),
  OneEditionAnswer: objectOf({
    sha256,
    knownAt: ref('KnownAt'),
    recorded: arrayOf(ref('Edition'), 'The lists for which it was recorded.'),
    held: arrayOf(ref('HeldEdition'), 'The lists for which it was held.'),
    fetches: arrayOf(ref('Fetch')),
  }),
  HeldAnswer: objectOf({
    knownAt: ref('KnownAt'),
    held: arrayOf(ref('HeldEdition'), 'Those that wait first, then those that were decided.'),
    refused: arrayOf(ref('Fetch'), 'The latest fetches that were refused or failed.'),
  }),
};
