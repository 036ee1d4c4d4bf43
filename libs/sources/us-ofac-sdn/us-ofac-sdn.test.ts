import { fileURLToPath } from 'node:url';
import type { ListReading, Reading, Row } from '@listory/listings';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openEdition, RefusedEditionError, type SourceDocument, sources } from '../index.js';

const source = sources['us-ofac-sdn']!;
let sdn: SourceDocument;
let add: SourceDocument;
let alt: SourceDocument;

beforeAll(async () => {
  const documents = await openEdition(fileURLToPath(new URL('testdata', import.meta.url)));
  [add, alt, sdn] = documents as [SourceDocument, SourceDocument, SourceDocument];
});

function listIn(reading: Reading): ListReading {
  return reading.lists[0]!;
}

function row(uid: string, ...documents: SourceDocument[]): Row {
  return listIn(source.read(documents)).rows.find(({ key }) => key === uid)!;
}

/** The document with its text changed. */
function changed(document: SourceDocument, change: (text: string) => string): SourceDocument {
  return { ...document, bytes: Buffer.from(change(document.bytes.toString('latin1')), 'latin1') };
}

/** Sorted, since the order of rows carries no meaning. */
function inOrder(reading: Reading): Reading {
  const lists = reading.lists.map((list) => ({ ...list, rows: list.rows.toSorted((one, other) => Number(one.key) - Number(other.key)) }));
  return { ...reading, lists };
}

function refusal(...documents: SourceDocument[]): RefusedEditionError {
  try {
    source.read(documents);
  } catch (error) {
    if (error instanceof RefusedEditionError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('an entry of the SDN', () => {
  it('is known by its uid, and is a person, vessel or aircraft where OFAC says so, else an entity', () => {
    const types = listIn(source.read([sdn, add, alt])).rows.map(({ key, state }) => [key, state.type]);
    expect(types).toEqual([
      ['36', 'entity'],
      ['306', 'entity'],
      ['2677', 'individual'],
      ['15036', 'vessel'],
      ['23156', 'vessel'],
      ['30001', 'aircraft'],
    ]);
  });

  it('has its programs one by one, though OFAC prints them without the outer brackets', () => {
    expect(row('15036', sdn).state.programs).toEqual(['NPWMD', 'IFSR']);
    expect(row('36', sdn).state.programs).toEqual(['CUBA']);
  });

  it('keeps everything that has no field, under OFAC names, and leaves out what is `-0- `', () => {
    expect(row('15036', sdn).state.details).toEqual({
      call_sign: 'T2EU4',
      vessel_type: 'Crude Oil Tanker',
      tonnage: '318,000',
      grt: '163,660',
      vessel_flag: 'Iran',
      vessel_owner: 'NITC',
    });
    expect(row('2677', sdn).state.details).toEqual({ title: 'Minister of Information' });
    expect(row('36', sdn).state).toMatchObject({ remarks: null, details: {}, declaredFrom: null });
    expect(row('306', sdn).state.remarks).toBe("a.k.a. 'BNC'.");
  });

  it('has its aliases with kind and number', () => {
    expect(row('306', sdn, add, alt).state.aliases).toEqual([
      { name: 'NATIONAL BANK OF CUBA', kind: 'f.k.a.', quality: null, number: '220', details: {} },
      { name: 'BNC', kind: 'n.k.a.', quality: null, number: '221', details: { remarks: 'in use since 1950' } },
    ]);
    expect(row('36', sdn, add, alt).state.aliases[0]?.kind).toBe('a.k.a.');
  });

  it('has its addresses in one line and in parts, as far as the parts are sure', () => {
    const addresses = (uid: string) => row(uid, sdn, add, alt).state.addresses;
    expect(addresses('306')).toEqual([
      {
        text: 'Zweierstrasse 35, Zurich CH-8022, Switzerland',
        street: 'Zweierstrasse 35',
        city: 'Zurich',
        region: null,
        postalCode: 'CH-8022',
        country: 'Switzerland',
        number: '199',
        details: {},
      },
      {
        text: 'Avenida de Concha Espina 8, Madrid 28036, Spain',
        street: 'Avenida de Concha Espina 8',
        city: 'Madrid',
        region: null,
        postalCode: '28036',
        country: 'Spain',
        number: '200',
        details: { remarks: 'head office' },
      },
    ]);
    expect(addresses('36')[0]).toMatchObject({ text: 'Havana, Cuba', street: null, city: 'Havana' });
    expect(addresses('2677')).toMatchObject([
      { city: 'Tijuana', region: 'Baja California', postalCode: null },
      { city: 'Richardson', region: 'TX', postalCode: '75083' },
    ]);
  });

  it('keeps an address of which OFAC prints nothing but the number', () => {
    expect(row('15036', sdn, add).state.addresses).toMatchObject([{ number: '1003', text: '', country: null }]);
  });
});

describe('an edition of the SDN', () => {
  it('speaks only for its parts', () => {
    expect(listIn(source.read([sdn])).silentOn).toEqual(['addresses', 'aliases']);
    expect(listIn(source.read([sdn, alt])).silentOn).toEqual(['addresses']);
    expect(listIn(source.read([add, alt, sdn]))).toMatchObject({ silentOn: [], sections: { sdn: 6, add: 6, alt: 3 } });
  });

  it('is known by the names of its files, and a single file of any name has the entries', () => {
    const named = (document: SourceDocument, name: string) => ({ ...document, name });
    const whole = source.read([sdn, add, alt]);
    expect(source.read([named(sdn, '2021-04-25.SDN.CSV'), named(add, '2021-04-25.add.csv'), named(alt, 'ofac_alt.csv')])).toEqual(whole);
    expect(source.read([named(sdn, 'download')])).toEqual(source.read([sdn]));
  });

  it('reads alike with LF or CRLF, byte order mark or none, 0x1A or none, in any order', () => {
    const whole = source.read([sdn, add, alt]);
    const asUnix = (text: string) => text.replaceAll('\r\n', '\n').replace('\u001a', '').trimEnd();
    expect(source.read([sdn, add, alt].map((document) => changed(document, asUnix)))).toEqual(whole);
    expect(source.read([changed(sdn, (text) => `\u00ef\u00bb\u00bf${text}`), add, alt])).toEqual(whole);
    const backwards = (text: string) => `${asUnix(text).split('\n').toReversed().join('\r\n')}\r\n\u001a`;
    expect(inOrder(source.read([sdn, add, alt].map((document) => changed(document, backwards))))).toEqual(inOrder(whole));
  });

  it('reads alike when a row is printed twice', () => {
    const twice = changed(sdn, (text) => text.replace(/^36,.*\r\n/, '$&$&'));
    expect(source.read([twice])).toEqual(source.read([sdn]));
  });

  it('reads bytes of windows-1252 where the file is not UTF-8', () => {
    const western = changed(sdn, (text) => text.replace('AEROCARIBBEAN', 'A\u00c9ROCARIBBEAN'));
    expect(row('36', western).state.name).toBe('AÉROCARIBBEAN AIRLINES');
  });

  it('counts addresses and aliases of no entry, and takes them for nobody', () => {
    const [list] = source.read([changed(sdn, (text) => text.replace(/^306,.*\r\n/m, '')), add, alt]).lists;
    expect(list).toMatchObject({ sections: { sdn: 5, 'of no entry': 4 } });
  });
});

describe('a refused edition of the SDN', () => {
  it.each<[string, (text: string) => string, string]>([
    ['is empty', () => '', 'empty'],
    ['holds only blanks', () => ' \r\n\u001a', 'nothing but blanks'],
    ['is cut inside a quoted value', (text) => text.slice(0, -60), 'cut in mid-row'],
    ['is cut between two values', (text) => text.slice(0, text.lastIndexOf(',-0- ,')), 'cut in mid-row'],
    ['is cut right before its last value', (text) => text.slice(0, text.lastIndexOf('"Aircraft Model')), 'cut in mid-row'],
    ['has a row too short', (text) => text.replace('"CUBA",-0- ,', '"CUBA",'), '11 values instead of 12'],
    ['has a stray quote', (text) => text.replace('"CUBA"', '"CUBA'), 'quote'],
    ['has a stray quote that swallows rows', (text) => text.replace('"CUBA",', '"').replace('"CUBA"', '",-0- ,"CUBA"'), 'quote'],
    ['is an HTML page', () => '<!DOCTYPE html><html><body>Service unavailable</body></html>', 'an HTML page'],
    ['is XML', () => '<?xml version="1.0"?><sdnList/>', 'an XML document'],
    ['is JSON', () => '{"error": "not found"}', 'a JSON document'],
    ['is an archive', () => 'PK\u0003\u0004rest', 'a binary file'],
    ['holds NUL bytes', (text) => text.replace('CUBA', 'CU\u0000A'), 'NUL'],
    ['begins with a header', (text) => `ent_num,SDN_Name,SDN_Type,Program,Title,a,b,c,d,e,f,g\r\n${text}`, 'no uid'],
    ['gives two rows one uid', (text) => text.replace('30001,', '36,'), 'Two different rows'],
    ['has a name turned into a date by a spreadsheet', (text) => text.replace('"7-28"', '28-Jul'), 'reformatted by a spreadsheet'],
    ['has a number in scientific notation', (text) => text.replace('"318,000"', '3.18E+05'), 'reformatted by a spreadsheet'],
    ['has a uid in scientific notation', (text) => text.replace('30001,', '3.0E+04,'), 'no uid'],
    ['has a formula error', (text) => text.replace('"T2EU4"', '#NAME?'), 'error value'],
    ['has an entry without a name', (text) => text.replace('"7-28"', '-0- '), 'no name'],
  ])('%s', (_, change, problem) => {
    const error = refusal(changed(sdn, change));
    expect(error.problem).toContain(problem);
    expect(error).toMatchObject({ source: 'us-ofac-sdn', document: 'sdn.csv' });
    expect(error.message).toContain(error.problem);
  });

  it('says on which line it is cut', () => {
    expect(refusal(changed(sdn, (text) => text.slice(0, -60))).where).toBe('line 6');
    expect(refusal(changed(add, (text) => text.replace(',"Madrid 28036"', '')), sdn).message).toMatch(/add\.csv, line 3/);
  });

  it('has a value that holds whole rows', () => {
    const swallowed = changed(sdn, (text) => text.replace("a.k.a. 'BNC'.", "a.k.a.\r\n99,x,\r\n'BNC'."));
    expect(refusal(swallowed).problem).toContain('stray quote');
  });

  it('lacks its entries, or has them twice, or another file', () => {
    expect(refusal(add, alt).problem).toContain('sdn file is missing');
    expect(refusal(sdn, { ...sdn, name: 'old-sdn.csv' }).problem).toContain('both the sdn file');
    expect(refusal(sdn, { ...alt, name: 'notes.txt' }).document).toBe('notes.txt');
    expect(refusal(add).problem).toContain('6 values instead of 12');
  });
});
