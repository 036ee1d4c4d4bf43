import { anything, arrayOf, count, date, instant, objectOf, oneOf, orNull, position, ref, text, type JsonSchema } from '../json-schema.js';

const details: JsonSchema = {
  type: 'object',
  description: 'The rest of what the publisher says, named as it names it.',
  additionalProperties: anything,
};

/** The parts of a listing's state, as events carry it. */
export const stateSchemas: Record<string, JsonSchema> = {
  Alias: objectOf({
    name: text(),
    kind: oneOf('a.k.a.', 'f.k.a.', 'n.k.a.'),
    quality: orNull(oneOf('strong', 'weak')),
    number: orNull(text("The publisher's own number for this alias.")),
    details,
  }),
  Address: objectOf(
    {
      text: text('The whole address in one line, as published or joined from its parts.'),
      street: orNull(text()),
      city: orNull(text()),
      region: orNull(text()),
      postalCode: orNull(text()),
      country: orNull(text('As published: a name, or an ISO 3166 code.')),
      number: orNull(text("The publisher's own number for this address.")),
      details,
    },
    { id: text('The same for the same folded text and country, at whichever listing.') },
  ),
  Identifier: objectOf({ type: text(), value: text(), country: orNull(text()) }),
  Licence: objectOf({
    requirement: orNull(text()),
    policy: orNull(text()),
    footnotes: arrayOf(text(), 'Footnote numbers of the Entity List.'),
  }),
  Citation: objectOf({
    text: text(),
    volume: orNull({ type: 'integer' }),
    page: orNull({ type: 'integer' }),
    date: orNull(date),
  }),
};

const content: Record<string, JsonSchema> = {
  heading: orNull(text()),
  type: oneOf('entity', 'individual', 'vessel', 'aircraft', 'address', 'unknown'),
  name: text(),
  aliases: arrayOf(ref('Alias')),
  addresses: arrayOf(ref('Address')),
  programs: arrayOf(text()),
  identifiers: arrayOf(ref('Identifier')),
  licence: { anyOf: [ref('Licence'), { type: 'null' }] },
  citations: arrayOf(ref('Citation')),
  remarks: orNull(text()),
  inForceUntil: orNull({ ...date, description: 'The last day on which it is in force, where the publisher gives one.' }),
  details,
};

const declaredFrom = orNull({ ...date, description: "The publisher's own start of the listing." });

stateSchemas.ListingState = objectOf({ ...content, declaredFrom }, {}, 'What one edition says of one listing.');
export const basis = oneOf('observed', 'declared', 'between', 'current', 'unknown');

/** Listings as answers show them. */
export const listingSchemas: Record<string, JsonSchema> = {
  ...stateSchemas,
  Basis: { ...basis, description: 'On what the answer rests: see "Certainty" in the README.' },
  Listing: objectOf(
    {
      id: text('Opaque, stable for ever.'),
      list: text(),
      ...content,
      listedFrom: { ...date, description: 'Start of the unbroken period of being listed.' },
      declaredFrom,
      listedUntil: orNull({ ...date, description: 'First day on which it is no longer listed; null while it is.' }),
      inForce: { type: 'boolean', description: 'False where the last day in force has passed, although it is still listed.' },
      basis: ref('Basis'),
    },
    {
      listed: ref('Listed'),
      matched: arrayOf(ref('Match'), 'What of it was asked for: its name, an alias, an address.'),
      between: ref('Between'),
      underOtherNames: { type: 'boolean', description: 'It was listed that day, but not under the name that was asked for.' },
    },
    'One entry on a list, as of the day and as known at the position of the answer.',
  ),
  LatestListing: objectOf(
    {
      id: text('Opaque, stable for ever.'),
      list: text(),
      ...content,
      listedFrom: { ...date, description: 'Start of the unbroken period of being listed.' },
      declaredFrom,
      listedUntil: orNull({ ...date, description: 'First day on which it is no longer listed; null while it is.' }),
      basis: ref('Basis'),
    },
    { continuedBy: text('The listing with which it was found to be one.') },
    'One entry on a list, as it stands last on its own time line: what is announced counts, what was removed stays.',
  ),
  SnapshotLine: {
    anyOf: [
      objectOf({ snapshot: objectOf({ position, at: orNull(instant), lists: orNull(arrayOf(text())) }) }),
      ref('LatestListing'),
      objectOf({ end: objectOf({ listings: count() }) }),
    ],
  },
  Listed: oneOf('yes', 'no', 'unknown'),
  Match: objectOf(
    {},
    {
      name: text(),
      kind: oneOf('name', 'a.k.a.', 'f.k.a.', 'n.k.a.'),
      id: text('Id of the address.'),
      text: text('The address as this listing writes it.'),
      country: orNull(text()),
      match: oneOf('equal', 'words', 'id'),
    },
  ),
  Between: objectOf(
    { before: ref('EditionSays'), after: ref('EditionSays') },
    {},
    'The editions before and after the day disagree, and the publisher gave no date.',
  ),
  EditionSays: objectOf({ date: text(), sha256: text(), listed: { type: 'boolean' } }),
};
