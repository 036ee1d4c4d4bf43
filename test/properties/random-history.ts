import fc from 'fast-check';
import type { SourceDocument } from '@listory/sources';
import { entityList, sdnFiles, type EntityRow } from '../support/editions.js';
import { unList, type UnEntry } from '../support/un-list.js';

/** What an edition says, before it is written down in the publisher's way. */
export type Content =
  | { source: 'us-csl' | 'us-bis-el'; rows: EntityRow[] }
  | { source: 'us-ofac-sdn'; parties: SdnParty[]; speaksOf: { addresses: boolean; aliases: boolean } }
  | { source: 'un-sc'; entries: UnEntry[] };

interface SdnParty {
  uid: number;
  name: string;
  streets: string[];
  aliases: string[];
}

/** One thing that is done to a database. Targets are numbers: whichever listing stands there when it is done. */
export type Step =
  | { do: 'import'; date: string; content: Content; held: 'release at once' | 'release' | 'discard' | 'leave' }
  | { do: 'correct'; target: number; field: string; value: string | null; remove: number | null; from: string | null }
  | { do: 'link'; target: number; other: number }
  | { do: 'unlink'; target: number; other: number | null; from: string };

/** Dates of editions: two of them are on one day. */
export const DATES = ['2020-01-10', '2020-02-10', '2020-02-10T12:00:00Z', '2020-03-10', '2020-06-10', '2021-01-10', '2021-09-10'];
/** Starts that publishers declare: before all editions, between them, ahead of some, too far ahead of others. */
export const DECLARED = ['2019-05-01', '2020-01-20', '2020-03-01', '2020-07-01', '2021-06-01', '2022-02-01', '2024-01-01'];

/** The files of an edition. */
export function documentsOf(content: Content): SourceDocument[] {
  switch (content.source) {
    case 'us-ofac-sdn':
      return sdnDocuments(content);
    case 'un-sc':
      return [{ name: 'consolidated.xml', bytes: unList(content.entries) }];
    default:
      return [{ name: 'consolidated.csv', bytes: entityList(content.rows) }];
  }
}

function sdnDocuments({ parties, speaksOf }: Content & { source: 'us-ofac-sdn' }): SourceDocument[] {
  const entries = parties.map(({ uid, name }): [number, string] => [uid, name]);
  const addresses = parties.flatMap(({ uid, streets }) => streets.map((street, at): [number, number, string, string, string] => [uid, at, street, 'Havana', 'Cuba']));
  const aliases = parties.flatMap((party) => party.aliases.map((alias, at): [number, number, string] => [party.uid, at, alias]));
  // A file without a row is refused.
  return sdnFiles(entries, speaksOf.addresses && addresses.length > 0 ? addresses : null, speaksOf.aliases && aliases.length > 0 ? aliases : null);
}

const letter = fc.constantFrom('A', 'B', 'C');
const letters = fc.array(letter, { maxLength: 3 });
const remarks = fc.constantFrom('', 'x', 'y');
const declared = fc.option(fc.constantFrom(...DECLARED), { nil: '' });

const cslRow = fc
  .record({
    list: fc.constantFrom('EL', 'EL', 'DPL'),
    name: fc.constantFrom('Acme', 'Acme Ltd.', 'Apex Works', 'Zeta Group'),
    addresses: fc.subarray(['1 High Road, Beijing, CN', '1 High Rd., Beijing, CN', '7 Old Street, Kunshan, CN']),
    start: declared,
    end: declared,
    aliases: fc.subarray(['Beta', 'Gamma']),
    notice: fc.constantFrom('84 FR 29373', '84 FR 29373; 90 FR 14046'),
    remarks,
  })
  .map(({ list, end, remarks: remark, addresses, aliases, ...row }): EntityRow => {
    const more = { source: `A List (${list}) - Bureau of Industry and Security`, remarks: remark, end_date: list === 'DPL' ? end : '' };
    return { ...row, addresses: addresses.join('; '), aliases: aliases.join('; '), more };
  });
const sdnParty = fc.record({ uid: fc.integer({ min: 1, max: 4 }), name: letter, streets: letters, aliases: letters });
const unEntry = fc.record({
  reference: fc.constantFrom('QDe.1', 'QDe.2', 'QDe.3'),
  name: letter,
  listedOn: declared,
  changedOn: fc.subarray(DECLARED.slice(0, 4)),
  aliases: letters,
  addresses: letters,
  comments: remarks,
});

const csl = fc.constantFrom('us-csl', 'us-bis-el').chain((source) =>
  fc.array(cslRow, { minLength: 1, maxLength: 5 }).map((rows) => {
    const isEntity = ({ more }: EntityRow) => more!.source!.includes('(EL)');
    return { source, rows: source === 'us-csl' || rows.some(isEntity) ? rows : [...rows, { ...rows[0]!, more: { source: 'A List (EL) - Bureau of Industry and Security' } }] };
  }),
);
const sdn = fc.record({
  source: fc.constant('us-ofac-sdn'),
  parties: fc.uniqueArray(sdnParty, { selector: (one) => one.uid, minLength: 1 }),
  speaksOf: fc.record({ addresses: fc.boolean(), aliases: fc.boolean() }),
});
const un = fc.record({ source: fc.constant('un-sc'), entries: fc.uniqueArray(unEntry, { selector: (one) => one.reference, minLength: 1 }) });

const target = fc.nat(20);
const anyDate = fc.constantFrom(...DATES, ...DECLARED);
const step = {
  import: fc.record({
    do: fc.constant('import' as const),
    date: fc.constantFrom(...DATES),
    content: fc.oneof(csl, sdn, un) as fc.Arbitrary<Content>,
    held: fc.constantFrom('release at once' as const, 'release at once' as const, 'release' as const, 'discard' as const, 'leave' as const),
  }),
  correct: fc.record({
    do: fc.constant('correct' as const),
    target,
    field: fc.constantFrom('name', 'remarks', 'declaredFrom', 'details.title', 'aliases', 'addresses'),
    value: fc.option(fc.constantFrom('A', 'corrected', '2020-05-05')),
    remove: fc.option(fc.nat(2)),
    from: fc.option(anyDate),
  }),
  link: fc.record({ do: fc.constant('link' as const), target, other: target }),
  unlink: fc.record({ do: fc.constant('unlink' as const), target, other: fc.option(target), from: anyDate }),
};

/** A history: mostly editions, in any order of their dates, and what persons do in between. */
export const anyHistory: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
    { weight: 6, arbitrary: step.import },
    { weight: 2, arbitrary: step.correct },
    { weight: 1, arbitrary: step.link },
    { weight: 1, arbitrary: step.unlink },
  ),
  { minLength: 4, maxLength: 12 },
);
