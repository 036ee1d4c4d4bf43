import type { JsonText } from '../../api/asking/json-text.js';
import { beside, clip, WIDTH } from './layout.js';

/** A listing as answers show it. */
export interface ShownListing {
  id: string;
  list: string;
  heading: string | null;
  type: string;
  name: string;
  aliases: { name: string; kind: string; quality: string | null }[];
  addresses: { id?: string; text: string }[];
  programs: string[];
  identifiers: { type: string; value: string; country: string | null }[];
  licence: { requirement: string | null; policy: string | null } | null;
  citations: { text: string }[];
  remarks: string | null;
  listedFrom: string;
  declaredFrom: string | null;
  listedUntil: string | null;
  inForce: boolean;
  basis: string;
  listed?: string;
  underOtherNames?: boolean;
  matched?: { name?: string; kind?: string; text?: string; match?: string }[];
  between?: { before: { date: string; listed: boolean }; after: { date: string; listed: boolean } };
}

/** A listing with all that people ask for. */
export function listingInWords(json: JsonText): string {
  const listing = json.parsed<ShownListing>();
  const several = (label: string, values: string[]) => values.map((value, index) => beside(index === 0 ? label : '', value));
  const one = (label: string, value: string | null | undefined) => (value ? [beside(label, value)] : []);
  return [
    clip(`${listing.id}  ${listing.name}`, WIDTH),
    ...one('listed', standingInWords(listing)),
    ...one('heading', listing.heading),
    ...several('also', listing.aliases.map(({ kind, name, quality }) => `${kind} ${name}${quality === 'weak' ? ' (weak)' : ''}`)),
    ...several('addresses', listing.addresses.map((address) => address.text)),
    ...one('programs', listing.programs.join(', ')),
    ...several('identifiers', listing.identifiers.map(({ type, value, country }) => [type, value, country].filter(Boolean).join(' '))),
    ...one('licence', [listing.licence?.requirement, listing.licence?.policy].filter(Boolean).join(' | ')),
    ...one('citations', listing.citations.map((citation) => citation.text).join('; ')),
    ...one('remarks', listing.remarks),
  ].join('\n');
}

function standingInWords({ listed, listedFrom, listedUntil, declaredFrom, inForce, basis, between, underOtherNames }: ShownListing): string {
  const period = `from ${listedFrom}${listedUntil ? ` until ${listedUntil} (exclusive)` : ''}`;
  const says = (one: { date: string; listed: boolean }) => `the edition of ${one.date} ${one.listed ? 'has it' : 'does not have it'}`;
  return [
    listed ? `${listed} (${basis}), ${period}` : `${period} (${basis})`,
    declaredFrom && declaredFrom !== listedFrom ? `the publisher says since ${declaredFrom}` : '',
    between ? `${says(between.before)}, ${says(between.after)}` : '',
    underOtherNames ? 'listed that day under other names' : '',
    inForce ? '' : 'not in force any more',
  ].filter(Boolean).join('; ');
}
