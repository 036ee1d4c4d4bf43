import { changeDatesOf } from '@listory/listings';
import { fileURLToPath } from 'node:url';
import type { Reading, Row } from '@listory/listings';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openEdition, RefusedEditionError, sources } from '../index.js';

let xml = '';
beforeAll(async () => {
  const [document] = await openEdition(fileURLToPath(new URL('testdata/consolidated.xml', import.meta.url)));
  xml = document!.bytes.toString();
});

function read(text: string): Reading {
  return sources['un-sc']!.read([{ name: 'consolidated.xml', bytes: Buffer.from(text) }]);
}

function row(key: string, text = xml): Row {
  return read(text).lists[0]!.rows.find((one) => one.key === key)!;
}

describe("the UN's list", () => {
  it('has persons and entities, known by their reference numbers', () => {
    expect(read(xml).lists).toMatchObject([
      {
        list: 'un-sc',
        silentOn: [],
        sections: { INDIVIDUALS: 1, ENTITIES: 1 },
        rows: [
          { key: 'KPi.033', state: { type: 'individual', name: 'RI WON HO', programs: ['DPRK'], declaredFrom: '2016-11-30' } },
          { key: 'QDe.004', state: { type: 'entity', name: 'AL-QAIDA', programs: ['Al-Qaida'], declaredFrom: '2001-10-06' } },
        ],
      },
    ]);
  });

  it('says when the UN changed an entry', () => {
    expect(changeDatesOf(row('KPi.033').state)).toEqual(['2017-01-05', '2018-08-08']);
    expect(changeDatesOf(row('QDe.004').state)).toEqual([]);
  });

  it('has aliases by quality or kind, and keeps what else is said of them', () => {
    expect(row('KPi.033').state.aliases).toEqual([
      { name: 'Mr. Ri', kind: 'a.k.a.', quality: 'weak', number: null, details: { DATE_OF_BIRTH: '1964' } },
      { name: 'Ri Won-ho', kind: 'a.k.a.', quality: 'strong', number: null, details: {} },
    ]);
    expect(row('QDe.004').state.aliases).toMatchObject([{ kind: 'f.k.a.', quality: null }, { name: '"The Base"', kind: 'a.k.a.' }]);
  });

  it('has addresses by their parts; a note alone is no address, but is kept', () => {
    expect(row('KPi.033').state.addresses).toEqual([
      {
        text: 'Damascus, Syrian Arab Republic',
        street: null,
        city: 'Damascus',
        region: null,
        postalCode: null,
        country: 'Syrian Arab Republic',
        number: null,
        details: { NOTE: 'as at 2016' },
      },
    ]);
    expect(row('KPi.033').state.details['INDIVIDUAL_ADDRESS']).toEqual([{ NOTE: 'Believed to travel' }]);
    expect(row('QDe.004').state.addresses).toMatchObject([{ text: '80 Raffles Place, #17-22, Singapore, 048624, Singapore', postalCode: '048624' }]);
  });

  it('has documents as identifiers, and keeps those of which it says more', () => {
    const { identifiers, details } = row('KPi.033').state;
    expect(identifiers).toEqual([
      { type: 'National Identification Number', value: '0075258', country: 'Iraq' },
      { type: 'Passport', value: '381310014', country: null },
    ]);
    expect(details['INDIVIDUAL_DOCUMENT']).toEqual([
      { TYPE_OF_DOCUMENT: 'National Identification Number', TYPE_OF_DOCUMENT2: 'Ration card', NUMBER: '0075258', ISSUING_COUNTRY: 'Iraq', DATE_OF_ISSUE: '2011-01-01' },
    ]);
  });

  it('keeps everything that has no field, under its own names, and nothing that is empty', () => {
    const { INDIVIDUAL_ADDRESS, INDIVIDUAL_DOCUMENT, ...details } = row('KPi.033').state.details;
    expect([INDIVIDUAL_ADDRESS, INDIVIDUAL_DOCUMENT]).not.toContain(undefined);
    expect(details).toEqual({
      DATAID: '6908555',
      VERSIONNUM: '1',
      FIRST_NAME: 'RI',
      SECOND_NAME: 'WON HO',
      NAME_ORIGINAL_SCRIPT: '리원호',
      TITLE: ['Dr.', 'Mr.'],
      DESIGNATION: ['DPRK Ministry of State Security Official'],
      NATIONALITY: ["Democratic People's Republic of Korea"],
      LIST_TYPE: ['UN List'],
      LAST_DAY_UPDATED: ['2017-01-05', '2018-08-08'],
      INDIVIDUAL_DATE_OF_BIRTH: [{ TYPE_OF_DATE: 'EXACT', DATE: '1964-07-17' }],
    });
    expect(row('KPi.033').state.remarks).toBe('Official stationed in Syria supporting KOMID & others.');
    expect(row('QDe.004').state.details).toMatchObject({ LISTED_ON: '2001-10-06-04:00' });
  });

  it('reads alike with other blanks, more empty elements, and repeated elements in another order', () => {
    const padded = xml
      .replaceAll('<ALIAS_NAME>', '<ALIAS_NAME>\n  ')
      .replaceAll('<SORT_KEY/>', '<SORT_KEY> </SORT_KEY><THIRD_NAME/>')
      .replace('<VALUE>Mr.</VALUE><VALUE>Dr.</VALUE>', '<VALUE>Dr.</VALUE><VALUE/><VALUE> Mr. </VALUE>')
      .replace(/(<INDIVIDUAL_ALIAS><QUALITY>Good.*?<\/INDIVIDUAL_ALIAS>)(<INDIVIDUAL_ALIAS>.*?<\/INDIVIDUAL_ALIAS>)/s, '$2$1');
    expect(padded).not.toBe(xml);
    expect(read(padded)).toEqual(read(xml));
  });
});

describe("the date of the UN's list", () => {
  const publishedOn = (printed: string) => read(xml.replace(/dateGenerated="[^"]*"/, `dateGenerated="${printed}"`)).publishedOn;

  it.each([
    ['2018-06-07T19:03:43.97-04:00', '2018-06-07T23:03:43Z'],
    ['2020-11-24T20:23:07.617-05:00', '2020-11-24T23:59:59Z'],
    ['2025-08-16T23:00:05.233Z', '2025-08-16T23:00:05Z'],
    ['2020-11-24T02:00:00+09:00', '2020-11-24T00:00:00Z'],
    ['2020-11-24', '2020-11-24'],
    ['2020-11-24T20:23:07', '2020-11-24'],
    ['yesterday', null],
  ])('printed as %s is %s', (printed, expected) => expect(publishedOn(printed)).toBe(expected));
});

describe("a refused edition of the UN's list", () => {
  it.each<[string, (text: string) => string, string]>([
    ['is empty', () => '', 'empty'],
    ['is cut short', (text) => text.slice(0, -60), 'Not well-formed'],
    ['has a tag that is not closed', (text) => text.replace('</SECOND_NAME>', ''), 'Not well-formed'],
    ['names an entity that XML does not have', (text) => text.replace('&amp;', '&nbsp;'), 'Not well-formed'],
    ['declares a document type', (text) => text.replace('?>', '?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaa">]>'), 'document type'],
    ['is in another encoding', (text) => text.replace('UTF-8', 'ISO-8859-1'), 'ISO-8859-1'],
    ['is another document', (text) => text.replaceAll('CONSOLIDATED_LIST', 'sdnList'), 'root is <sdnList>'],
    ['is an HTML page', () => '<!DOCTYPE html><html></html>', 'an HTML page'],
    ['is CSV', () => '36,"AEROCARIBBEAN"', "not the UN's XML"],
    ['lacks a section', (text) => text.replace(/<ENTITIES>.*<\/ENTITIES>/s, ''), '<ENTITIES> is missing'],
    ['has a section that is not known', (text) => text.replace('</CONSOLIDATED_LIST>', '<VESSELS/></CONSOLIDATED_LIST>'), '<VESSELS>'],
    ['holds nobody', (text) => text.replace(/<INDIVIDUAL>.*<\/INDIVIDUAL>/s, '').replace(/<ENTITY>.*<\/ENTITY>/s, ''), 'no entry'],
    ['gives two entries one number', (text) => text.replace('QDe.004', 'KPi.033'), 'Two different entries'],
    ['has an entry without a number', (text) => text.replace('QDe.004', ' '), 'no reference number'],
    ['has an entry without a name', (text) => text.replace('AL-QAIDA', ''), 'no name'],
    ['nests without end', (text) => text.replace('<SORT_KEY/>', `${'<A>'.repeat(50)}${'</A>'.repeat(50)}`), 'deep'],
    ['holds a text without end', (text) => text.replace('AL-QAIDA', 'A'.repeat(300_000)), 'more than 262144 characters'],
  ])('%s', (_, change, problem) => {
    expect(() => read(change(xml))).toThrow(RefusedEditionError);
    expect(() => read(change(xml))).toThrow(problem);
  });

  it('says on which line', () => {
    expect(() => read(xml.replace('</SECOND_NAME>', ''))).toThrow(/consolidated\.xml, line \d+, column \d+/);
  });
});
