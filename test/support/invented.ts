import { createHash } from 'node:crypto';
import type { SourceDocument } from '@listory/sources';
import { entityList, sdnFiles, type EntityRow } from './editions.js';
import { unList, type UnEntry } from './un-list.js';

/** One edition of an endless history in which nothing is random: the same number gives the same bytes everywhere. */
export interface InventedEdition {
  source: string;
  date: string;
  documents: SourceDocument[];
  options: { via: string; date: string; releaseReason: string };
}

const PARTIES = 24;
/** So many editions pass, on average, until a given fact changes. */
const STEADY = 40;

/**
 * The editions of three publications in turn, of which `us-csl` fans out into three lists. Every seventh arrives late:
 * it is older than others that came before it.
 */
export function inventedEdition(number: number): InventedEdition {
  const source = ['us-csl', 'us-ofac-sdn', 'un-sc'][number % 3]!;
  const day = number % 7 === 6 ? number - 5.5 : number;
  const date = new Date(Date.UTC(2015, 0, 1) + Math.round(day * 4) * 86_400_000).toISOString().slice(0, 10);
  const documents = documentsOf(source, number, PARTIES);
  return { source, date, documents, options: { via: `invented ${number}`, date, releaseReason: 'invented' } };
}

/** What an edition of a publication says, of about so many parties in each of its lists. */
export function documentsOf(source: string, number: number, parties: number): SourceDocument[] {
  if (source === 'us-csl') return [{ name: 'consolidated.csv', bytes: entityList(cslRows(number, parties)) }];
  if (source === 'un-sc') return [{ name: 'consolidated.xml', bytes: unList(unEntries(number, parties)) }];
  return sdn(number, parties);
}

function cslRows(number: number, parties: number): EntityRow[] {
  const labels = {
    EL: 'Entity List (EL) - Bureau of Industry and Security',
    DPL: 'Denied Persons List (DPL) - Bureau of Industry and Security',
    UVL: 'Unverified List (UVL) - Bureau of Industry and Security',
  };
  return Object.entries(labels).flatMap(([name, source]) =>
    present(name, number, parties).map((party): EntityRow => ({
      name: `${word(party)} Works${fact(`${name} name`, party, number, 3) === 0 ? ', Ltd.' : ''}`,
      addresses: `${party} High Road, Beijing, CN${fact(`${name} address`, party, number, 2) === 0 ? `; ${party} Old Street, Kunshan, CN` : ''}`,
      start: fact(`${name} start`, party, 0, 3) === 0 ? '2014-05-06' : '',
      aliases: ['', `${word(party)} Group`, `${word(party)} Group; The ${word(party)}`][fact(`${name} aliases`, party, number, 3)]!,
      more: { source, remarks: `remark ${fact(`${name} remarks`, party, number, 4)}` },
    })),
  );
}

function sdn(number: number, parties: number): SourceDocument[] {
  const uids = present('SDN', number, parties);
  const isSilent = number % 5 === 1;
  const entries = uids.map((uid): [number, string] => [uid, `${word(uid).toUpperCase()} LINES ${fact('SDN name', uid, number, 3)}`]);
  const addresses = uids.map((uid) => [uid, uid * 10, `${fact('SDN address', uid, number, 3)} Calle Mayor`, 'Havana', 'Cuba'] as [number, number, string, string, string]);
  const aliases = uids.filter((uid) => fact('SDN alias', uid, number, 2) === 0).map((uid): [number, number, string] => [uid, uid * 10, `${word(uid)} ALIAS`]);
  return sdnFiles(entries, isSilent ? null : addresses, isSilent ? null : aliases);
}

function unEntries(number: number, parties: number): UnEntry[] {
  return present('UN', number, parties).map((party) => ({
    reference: `QDe.${String(party).padStart(3, '0')}`,
    name: `${word(party)} Brigade`,
    listedOn: '2014-02-03',
    aliases: fact('UN alias', party, number, 2) === 0 ? [`${word(party)} Front`] : [],
    addresses: fact('UN address', party, number, 2) === 0 ? [`${party} Market Street`] : [],
    comments: `comment ${fact('UN comments', party, number, 4)}`,
  }));
}

/** Who stands on a list: most do. */
function present(list: string, number: number, parties: number): number[] {
  return Array.from({ length: parties }, (_, party) => party + 1).filter((party) => fact(`${list} presence`, party, number, 8) > 0);
}

/** A fact of a party, one of `kinds`, that changes now and then. */
function fact(what: string, party: number, number: number, kinds: number): number {
  const era = Math.floor((number + digest(`${what} ${party}`) % STEADY) / STEADY);
  return digest(`${what} ${party} ${era}`) % kinds;
}

function word(party: number): string {
  const letters = createHash('md5').update(`word ${party}`).digest('hex').replace(/\d/g, '');
  return `${letters.slice(0, 1).toUpperCase()}${letters.slice(1, 8)}${party}`;
}

function digest(text: string): number {
  return createHash('md5').update(text).digest().readUInt32BE(0);
}
