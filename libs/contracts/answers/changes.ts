import { arrayOf, count, date, instant, moment, objectOf, oneOf, orNull, position, ref, sha256, text, anything, type JsonSchema } from '../json-schema.js';
import { rests } from './envelope.js';

const cause = oneOf('baseline', 'publisher', 'backfill', 'parser', 'identity', 'correction');
const changeClass = oneOf('substantive', 'editorial');
const { coverage: _coverage, ...stateRests } = rests;

/** What happened to a listing, to an address, to a list. */
export const changeSchemas: Record<string, JsonSchema> = {
  HistoryAnswer: objectOf(
    {
      id: text(),
      list: text(),
      ...rests,
      periods: arrayOf(ref('Period'), 'When it was listed.'),
      gaps: arrayOf(objectOf({ from: date, until: date }), 'Times off the list between two periods.'),
      total: count('Of events.'),
      events: arrayOf(ref('HistoryEvent'), 'Everything that was recorded of it, in the order of recording.'),
      next: { type: 'null' },
    },
    { continuedBy: text('It goes on as this listing, by an identity decision.') },
    'The life of one listing. `basis` is how it stands on the day `asOf`; `editions` are those in which its changes were seen, and those around that day.',
  ),
  HistoryEvent: objectOf(
    {
      type: text('Event type without prefix and version.'),
      position,
      recordedAt: instant,
      effectiveAt: orNull(moment),
      dating: orNull({ ...oneOf('publisher', 'edition', 'person'), description: 'Where the effective date comes from.' }),
      cause,
      class: orNull(changeClass),
      reason: orNull(text('Why this class, or why this decision.')),
      citations: arrayOf(ref('Citation')),
      edition: orNull(objectOf({ date: moment, sha256 })),
    },
    {
      field: text(),
      before: anything,
      after: anything,
      relisted: { type: 'boolean' },
      listing: ref('ListingState'),
      other: text('The listing at the other end of an identity decision.'),
      actor: text(),
    },
  ),
  AddressHistoryAnswer: objectOf({
    id: text(),
    ...rests,
    editions: arrayOf(ref('EditionUsed'), 'The editions around the day `asOf`, and around each day on which somebody came or went.'),
    addresses: arrayOf(ref('AddressFound'), 'How listings write it.'),
    total: count('Of listings.'),
    listings: arrayOf(ref('AtAddress'), 'Who was there and when, earliest first.'),
    next: { type: 'null' },
  }),
  ChangesAnswer: objectOf(
    {
      list: text(),
      ...rests,
      asOf: { ...date, description: 'The day of the later state.' },
      knownAt: { ...ref('KnownAt'), description: 'The state of knowledge of the later state.' },
      basis: { ...ref('Basis'), description: 'The weaker of both.' },
      editions: arrayOf(ref('EditionUsed'), 'The editions on which either state rests.'),
      from: ref('StateOfList'),
      to: ref('StateOfList'),
      total: count('Listings that came, went or differ.'),
      counts: objectOf({ added: count(), removed: count(), changed: count('Listings that stay and differ.') }),
      added: arrayOf(ref('Listing')),
      removed: arrayOf(ref('Listing')),
      changed: arrayOf(ref('Change'), 'One for each field, alias or address of a listing that stays.'),
      next: { type: 'null' },
    },
    {},
    'What differs between two days, or between two states of knowledge of one day.',
  ),
  StateOfList: objectOf(stateRests),
  Change: objectOf({
    listing: text(),
    name: text(),
    type: text('Event type that says it, such as address.changed.'),
    field: text(),
    before: anything,
    after: anything,
    class: changeClass,
    reason: orNull(text()),
  }),
};
