import { arrayOf, count, date, instant, moment, objectOf, oneOf, orNull, position, ref, sha256, text, type JsonSchema } from '../json-schema.js';

/** Members that every answer about lists has: as of when, as known when, from what. */
export const rests: Record<string, JsonSchema> = {
  asOf: { ...date, description: 'The state at the end of this day.' },
  knownAt: ref('KnownAt'),
  basis: ref('Basis'),
  coverage: arrayOf(ref('Coverage'), 'What is held of each list that was asked.'),
  editions: arrayOf(ref('EditionUsed'), 'The editions on which the answer rests.'),
};

const next = orNull(text('Cursor of the next page, bound to the position of the first; null on the last page.'));

/** The envelope and what stands in it. */
export const envelopeSchemas: Record<string, JsonSchema> = {
  KnownAt: objectOf(
    { position, at: orNull({ ...instant, description: 'When that position was recorded; null before anything was.' }) },
    { notice: ref('Notice') },
    'The state of knowledge: everything recorded up to this position of the log.',
  ),
  Notice: objectOf(
    { position: { ...position, description: 'The event that cannot be read.' }, detail: text('What stands still, and why.') },
    {},
    'Something that was recorded cannot be read: this answer knows what was recorded before it, and nothing later.',
  ),
  Coverage: objectOf(
    {
      list: text(),
      first: { ...date, description: 'Date of the first edition.' },
      last: { ...date, description: 'Date of the last edition.' },
      checked: orNull({ ...instant, description: 'When it was last fetched successfully.' }),
    },
    { stale: { const: true, description: 'It is fetched by the clock, but was not reached for longer than its limit.' } },
  ),
  EditionUsed: objectOf(
    { list: text(), date: moment, sha256 },
    {
      silentOn: arrayOf(oneOf('aliases', 'addresses'), 'What this edition says nothing of: that comes from the edition named with `for`.'),
      for: arrayOf(oneOf('aliases', 'addresses'), 'An earlier edition that was the last to speak of these.'),
    },
  ),
  ListAnswer: objectOf(
    { ...rests, total: count('All listings, not only those on this page.'), listings: arrayOf(ref('Listing')), next },
    {
      undated: objectOf(
        { added: count(), removed: count() },
        {},
        'Where the editions around the day disagree without a date: listings that may have come already, and that may have gone.',
      ),
    },
    'A list on a day.',
  ),
  ListedAnswer: objectOf(
    {
      listed: ref('Listed'),
      ...rests,
      total: count(),
      listings: arrayOf(ref('Listing'), 'Those that were listed, and those of which it is not known.'),
      notListed: arrayOf(ref('Listing'), 'Known under this name or id, but not listed that day: with the nearest content.'),
      next: { type: 'null' },
    },
    { continuedBy: text('The listing that was asked for goes on as this one, by an identity decision.') },
    'Whether a name or a listing was listed on a day.',
  ),
  AddressAnswer: objectOf(
    {
      ...rests,
      addresses: arrayOf(ref('AddressFound'), 'Equal after folding first, then those with all the words.'),
      total: count(),
      listings: arrayOf(ref('Listing'), 'Who was at one of these addresses that day.'),
      ever: arrayOf(ref('AtAddress'), 'Who ever was, as known at that position.'),
      next,
    },
    {},
    'Who was at an address on a day, and who ever was.',
  ),
  AddressFound: objectOf({ id: text(), text: text(), country: orNull(text()), match: oneOf('equal', 'words', 'id') }),
  AtAddress: objectOf({
    id: text(),
    list: text(),
    name: text(),
    addresses: arrayOf(ref('AddressFound')),
    periods: arrayOf(ref('Period')),
  }),
  Period: objectOf({
    from: date,
    fromDating: { ...oneOf('publisher', 'edition', 'person'), description: 'Where the date comes from.' },
    until: orNull({ ...date, description: 'Exclusive; null while it lasts.' }),
    untilDating: orNull(oneOf('publisher', 'edition', 'person')),
  }),
};
