import { fileURLToPath } from 'node:url';
import type { ListReading, ListingState, Reading } from '@listory/listings';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openEdition, RefusedEditionError, sources } from '../index.js';

let text = '';
beforeAll(async () => {
  const [document] = await openEdition(fileURLToPath(new URL('testdata/consolidated.csv', import.meta.url)));
  text = document!.bytes.toString();
});

function read(csv: string, source = 'us-csl'): Reading {
  return sources[source]!.read([{ name: 'consolidated.csv', bytes: Buffer.from(csv) }]);
}

function list(id: string, csv = text): ListReading {
  return read(csv).lists.find((one) => one.list === id)!;
}

function listing(id: string, name: string, csv = text): ListingState {
  return list(id, csv).rows.find(({ state }) => state.name === name)!.state;
}

/** The same table with each row changed, printed with every value quoted. */
function rewritten(change: (rows: string[][]) => string[][]): string {
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  return change(parse(text)).map((row) => row.map(quoted).join(',')).join('\n');
}

/** The same table without a column, or with its values changed. */
function withColumn(name: string, change: ((value: string) => string) | null): string {
  return rewritten(([header = [], ...rows]) => {
    const at = header.indexOf(name);
    if (change === null) return [header, ...rows].map((row) => row.filter((_, index) => index !== at));
    return [header, ...rows.map((row) => row.map((value, index) => (index === at ? change(value) : value)))];
  });
}

describe('the Consolidated Screening List', () => {
  it('fans out into its member lists, with the number of rows of each', () => {
    expect(read(text).lists.map(({ list: id, rows, sections }) => [id, rows.length, Object.values(sections)])).toEqual([
      ['us-bis-el', 3, [3]],
      ['us-bis-dpl', 1, [1]],
      ['us-bis-meu', 1, [1]],
      ['us-state-isn', 1, [1]],
      ['us-ofac-cap', 2, [2]],
      ['us-ofac-mbs', 1, [1]],
      ['us-csl-sdn', 2, [2]],
    ]);
  });

  it('gives the key that the publisher gives, and none otherwise', () => {
    expect(list('us-csl-sdn').rows.map(({ key }) => key)).toEqual(['21944', '15036']);
    expect(list('us-bis-el').rows.map(({ key }) => key)).toEqual([null, null, null]);
  });

  it('tells two rows of one entity number apart by content, not by order', () => {
    const keys = (csv: string) => list('us-ofac-cap', csv).rows.map(({ key, state }) => [key, state.details['source_list_url']]).toSorted(([one], [other]) => (one! < other! ? -1 : 1));
    const backwards = rewritten(([header = [], ...rows]) => [header, ...rows.toReversed()]);
    expect(keys(text).map(([key]) => key)).toEqual(['15268', '15268#2']);
    expect(keys(backwards)).toEqual(keys(text));
  });

  it('keeps being listed apart from being in force', () => {
    expect(listing('us-bis-dpl', 'I. ASH')).toMatchObject({ declaredFrom: '2003-06-19', inForceUntil: '2056-06-29', details: { standard_order: 'Y' } });
  });

  it('keeps everything that has no field, under the names of the columns', () => {
    expect(listing('us-csl-sdn', 'ARMADA')).toMatchObject({
      type: 'vessel',
      details: {
        _id: '15036',
        call_sign: 'T2EU4',
        vessel_type: 'Crude Oil Tanker',
        gross_tonnage: '318000',
        gross_registered_tonnage: '163660',
        vessel_flag: 'Iran',
        vessel_owner: 'NITC',
      },
    });
    expect(listing('us-csl-sdn', "'ABBAS, Rim")).toMatchObject({
      programs: ['SYRIA', 'SDGT'],
      identifiers: [{ type: 'Passport', value: 'N 0101', country: 'SY' }, { type: 'Gender', value: 'Male', country: null }],
      details: { dates_of_birth: '1973-03-25', nationalities: 'SY', title: 'Scientific Studies and Research Center Employee' },
    });
  });

  it('keeps a column that is not known as a detail, and reads columns in any order', () => {
    const more = rewritten(([header = [], ...rows]) => [[...header, 'vessel_imo'], ...rows.map((row) => [...row, 'x'])]);
    expect(listing('us-csl-sdn', 'ARMADA', more).details['vessel_imo']).toBe('x');
    expect(read(rewritten((rows) => rows.map((row) => row.toReversed())))).toEqual(read(text));
  });

  it('reads alike with CRLF, a byte order mark and 0x1A at the end', () => {
    expect(read(`\ufeff${text.replaceAll('\n', '\r\n')}\u001a`)).toEqual(read(text));
  });

  it('does not speak of columns that are missing, nor of ids and addresses of pages that are blank throughout', () => {
    expect(list('us-bis-el').silentOn).toEqual([]);
    expect(list('us-bis-el', withColumn('_id', null)).silentOn).toEqual(['details._id']);
    expect(list('us-bis-el', withColumn('title', null)).silentOn).toEqual(['details.title']);
    expect(list('us-bis-el', withColumn('addresses', null)).silentOn).toEqual(['addresses']);
    expect(list('us-bis-el', withColumn('alt_names', null)).silentOn).toEqual(['aliases']);
    expect(list('us-bis-el', withColumn('source_list_url', () => '')).silentOn).toEqual(['details.source_list_url']);
    expect(list('us-bis-el', withColumn('title', () => '')).silentOn).toEqual([]);
  });
});

describe('an entry of the Entity List', () => {
  it('has licence, citations and addresses, and no country heading, since the CSL prints none', () => {
    expect(listing('us-bis-el', 'Suma Techology Co., Ltd.')).toMatchObject({
      heading: null,
      type: 'unknown',
      aliases: [{ name: 'Zhongke Suma', kind: 'a.k.a.' }, { name: 'Suma Tech' }, { name: 'Suma' }],
      addresses: [
        { text: '88 Nansong Road, Kunshan, Jiangsu, CN', country: 'CN' },
        { text: 'No. 15, Haitai Huake Street, Huayuan Industrial Zone, Tianjin, 300384, CN', postalCode: '300384' },
        { text: 'HK', country: 'HK' },
      ],
      licence: { policy: 'Presumption of denial', footnotes: ['4'] },
      citations: [{ text: '90 FR 14046', volume: 90, page: 14046, date: null }],
      declaredFrom: '2025-03-25',
    });
  });

  it('may be a bare address', () => {
    expect(listing('us-bis-el', 'Address 01').type).toBe('address');
  });

  it('keeps an impossible start date as printed, and `a.k.a.` inside a name', () => {
    const state = listing('us-bis-el', 'Chitron Electronics Company Ltd., a.k.a. Chi-Chung Electronics');
    expect(state).toMatchObject({ declaredFrom: null, details: { start_date: '0017-05-26' } });
    expect(state.citations.map(({ text: cited }) => cited)).toEqual(['84  FR 21233', '87 FR 62202']);
  });

  it.each(['2021-02-30', '1899-12-31', '2021-13-01', 'soon'])('does not take %s for a start date', (printed) => {
    const state = listing('us-bis-el', 'Address 01', withColumn('start_date', () => printed));
    expect(state).toMatchObject({ declaredFrom: null, details: { start_date: printed } });
  });

  it('is read alone as the list us-bis-el, alike', () => {
    expect(read(text, 'us-bis-el').lists).toEqual([list('us-bis-el')]);
  });

  it('is read from a file of nothing else, which does not speak of ids', async () => {
    const alone = await openEdition(fileURLToPath(new URL('../us-bis-el/testdata/entity-list-rows.csv', import.meta.url)));
    const [entityList] = sources['us-bis-el']!.read(alone).lists;
    expect(entityList?.silentOn).toEqual(['details._id', 'details.source_list_url', 'details.source_information_url']);
    expect(entityList?.rows).toHaveLength(3);
  });
});

describe('a refused Consolidated Screening List', () => {
  function refusal(csv: string, source = 'us-csl'): RefusedEditionError {
    try {
      read(csv, source);
    } catch (error) {
      if (error instanceof RefusedEditionError) return error;
      throw error;
    }
    throw new Error('it was read');
  }

  it('is cut in mid-row', () => {
    expect(refusal(text.slice(0, -40)).problem).toContain('The last row has');
    expect(refusal(text.slice(0, text.indexOf('Haitai'))).problem).toContain('cut in mid-row');
  });

  it('lacks a column that every edition has, or names one twice', () => {
    expect(refusal(withColumn('federal_register_notice', null)).problem).toContain('`federal_register_notice`');
    expect(refusal(text.replace('title', 'remarks')).problem).toContain('`remarks` twice');
  });

  it('is a header alone, or two files in one', () => {
    expect(refusal(text.slice(0, text.indexOf('\n'))).problem).toContain('no row');
    expect(refusal(text + text).problem).toContain('header stands among the rows');
  });

  it('holds a list that is not known', () => {
    const strange = text.replace('Menu-Based Sanctions List (NS-MBS List)', 'Other List (XYZ)');
    expect(refusal(strange).problem).toContain('Other List (XYZ)');
    expect(() => read(strange, 'us-bis-el')).not.toThrow();
  });

  it('gives two SDN rows one number, or a row no name', () => {
    expect(refusal(text.replaceAll('15036', '21944')).problem).toContain('Two different rows');
    expect(refusal(text.replace('ARMADA', ' ')).problem).toContain('no name');
  });

  it('went through a spreadsheet', () => {
    expect(refusal(withColumn('start_date', (value) => value.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$2/$3/$1'))).problem).toContain('reformatted');
    expect(refusal(text.replace('ARMADA', '28-Jul')).problem).toContain('reformatted');
  });

  it('holds a value that swallowed rows', () => {
    const swallowed = text.replace('50 YEAR DENIAL', '"50 YEAR\nx,Entity List (EL) - Bureau of Industry and Security,,\nDENIAL"');
    expect(refusal(swallowed).problem).toContain('stray quote');
  });

  it('holds no row of the Entity List, if it is to be read as that', () => {
    const none = rewritten((rows) => rows.filter((row) => !row[1]?.startsWith('Entity List')));
    expect(refusal(none, 'us-bis-el').problem).toContain('no row of us-bis-el');
    expect(read(none).lists.map((one) => one.list)).not.toContain('us-bis-el');
  });

  it('is of two files', () => {
    const document = { name: 'a.csv', bytes: Buffer.from(text) };
    expect(() => sources['us-csl']!.read([document, document])).toThrow('one CSV file');
  });
});
