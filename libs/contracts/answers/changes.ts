import { arrayOf, count, date, instant, moment, objectOf, oneOf, orNull, position, ref, sha256, text, anything, type JsonSchema } from '../json-schema.js';
import { rests } from './envelope.js';

const cause = oneOf('baseline', 'publisher', 'backfill', 'parser', 'identity', 'correction');
const changeClass = oneOf('substantive', 'editorial');
const { asOf: _asOf, ...restsWithoutDay } = rests;

/** What happened to a listing, to an address, to a list. */
export const changeSchemas: Record<string, JsonSchema> = {
  HistoryAnswer: objectOf(
    {
      id: text(),
      list: text(),
      knownAt: ref('KnownAt'),
      coverage: arrayOf(ref('Coverage')),
      periods: arrayOf(ref('Period'), 'When it was listed.'),
      gaps: arrayOf(objectOf({ from: date, until: date }), 'Times off the list between two periods.'),
      events: arrayOf(ref('HistoryEvent'), 'Everything that was recorded of it, in the order of recording.'),
    },
    { continuedBy: text('It goes on as this listing, by an identity decision.') },
    'The life of one listing.',
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
    knownAt: ref('KnownAt'),
    coverage: arrayOf(ref('Coverage')),
    addresses: arrayOf(ref('AddressFound'), 'How listings write it.'),
    listings: arrayOf(ref('AtAddress'), 'Who was there and when, earliest first.'),
  }),
  ChangesAnswer: objectOf(
    {
      list: text(),
      from: ref('StateOfList'),
      to: ref('StateOfList'),
      basis: ref('Basis'),
      coverage: arrayOf(ref('Coverage')),
      counts: objectOf({ added: count(), removed: count(), changed: count('Listings that stay and differ.') }),
      added: arrayOf(ref('Listing')),
      removed: arrayOf(ref('Listing')),
      changed: arrayOf(ref('Change'), 'One for each field, alias or address of a listing that stays.'),
    },
    {},
    'What differs between two days, or between two states of knowledge of one day.',
  ),
  StateOfList: objectOf(restsAt()),
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

function restsAt(): Record<string, JsonSchema> {
  const { coverage: _coverage, ...others } = restsWithoutDay;
  return { asOf: date, ...others };
}
