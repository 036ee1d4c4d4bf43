import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countryCode } from './countries.js';
import { foldText } from './fold-text.js';
import { addressId, foldAddress, foldName } from './folding.js';

describe('two names are the same name when they differ only by', () => {
  it.each([
    ['case', 'HUAWEI CLOUD', 'Huawei Cloud'],
    ['accents', 'Société Générale Côte', 'SOCIETE GENERALE COTE'],
    ['letters that Unicode does not take apart', 'Łódź Straße Ærø', 'Lodz Strasse Aero'],
    ['punctuation and blanks', 'Agat-Elektromekhanicheski  Zavod', 'Agat Elektromekhanicheski Zavod'],
    ['the kind of quotation mark', 'OAO “Institute Giprostroymost”', "OAO 'Institute Giprostroymost'"],
    ['an apostrophe', "Xi'an Ruixin", 'Xi’an Ruixin'],
    ['a lost apostrophe', 'Xi?an Ruixin', "Xi'an Ruixin"],
    ['a blank damaged by a code page', 'Lianyungang Jari Co., Ltd.ÿ', 'Lianyungang Jari'],
    ['the spelling of the legal form', 'Exodus Microelectronics Co., Ltd.', 'EXODUS MICROELECTRONICS COMPANY LIMITED'],
    ['a Russian legal form', 'OOO Southern Project', 'Southern Project, LLC'],
    ['a legal form in words', 'Otkrytoe Aktsionernoe Obshchestvo Bank Rossiya', 'Bank Rossiya, OAO'],
    ['dots in a legal form', 'Power S.A.L', 'Power SAL'],
    ['the legal form left out', 'Nova Technologies', 'Nova Technologies Co. Ltd.'],
    ['an ampersand', 'Inmobiliaria J & M Corp', 'INMOBILIARIA J AND M'],
    ['the way its accents are encoded', 'Cafe\u0301', 'Caf\u00e9'],
  ])('%s', (_what, one, other) => {
    expect(foldName(one)).toBe(foldName(other));
  });

  it('and not when a number, a word or the name differs', () => {
    expect(foldName('204th Research Institute')).not.toBe(foldName('206th Research Institute'));
    expect(foldName('Beijing Institute of Technology')).not.toBe(foldName('Harbin Institute of Technology'));
    expect(foldName('Plant 1½')).not.toBe(foldName('Plant 11/2'));
  });

  it('and a name that is nothing but a legal form keeps it', () => {
    expect(foldName('Company Limited')).not.toBe('');
    expect(foldName('OOO')).toBe('ooo');
  });
});

describe('two addresses are the same address when they differ only by', () => {
  it.each([
    ['abbreviations', 'No. 15, Haitai Huake Street, Tianjin', '15 Haitai Huake St., Tianjin'],
    ['abbreviations of road and centre', '88 Nansong Road, Billion Centre', '88 Nansong Rd., Billion Center'],
    ['the post-office box', 'Jebel Ali Free Zone, PO Box 61002, Dubai', 'Jebel Ali Free Zone, P.O. Box 61002, Dubai'],
    ['the way of writing the floor', 'Room 1905, 19/F, Nam Wo Hong Bldg.', 'Rm 1905, 19th Floor, Nam Wo Hong Building'],
    ['a number sign', '#77 Sadova St', 'No.77 Sadova Street'],
    ['the number sign without a blank', 'No77 Sadova', 'No. 77 Sadova'],
    ['a place said twice', 'Wing Lok Street, Sheung Wan, Hong Kong, Sheung Wan', 'Wing Lok Street, Sheung Wan, Hong Kong'],
    ['a postal code said twice', 'Dzerzhinsk Nizhegorodskaya Oblast  606002, 606002', 'Dzerzhinsk Nizhegorodskaya Oblast, 606002'],
    ['a lost dash', 'Suite #5?6, Empress Tower', 'Suite #5-6, Empress Tower'],
    ['the word city', 'Binhu District, Wuxi City', 'Binhu District, Wuxi '],
  ])('%s', (_what, one, other) => {
    expect(foldAddress(one)).toBe(foldAddress(other));
    expect(addressId({ text: one, country: 'CN' })).toBe(addressId({ text: other, country: 'CN' }));
  });

  it.each([
    ['two rooms of one building', 'Room 1318-19, Hollywood Plaza', 'Room 1318-20, Hollywood Plaza'],
    ['two houses of one road', '35 Xue Yuan Lu', '37 Xue Yuan Lu'],
    ['two post-office boxes', 'PO Box 61002', 'PO Box 61003'],
    ['a room and a house of the same number', 'Room 5, 5 Main Street', 'Room 5, Main Street'],
    ['a number said twice', '5, 5, Main Street', '5, Main Street'],
    ['a road called No Name and one called Name', 'No Name Road 5', 'Name Road 5'],
    ['numbers split otherwise', '1-21 Main Street', '12-1 Main Street'],
  ])('and %s are two addresses', (_what, one, other) => {
    expect(addressId({ text: one, country: 'HK' })).not.toBe(addressId({ text: other, country: 'HK' }));
  });

  it('keeps every number of an address and invents none', () => {
    const word = fc.constantFrom('Road', 'No.', 'Bldg', 'F/', '/F', ', ', '-', 'Room', 'Apt', 'A', 'PO Box', '#', 'ÿ', '?', 'é');
    const numbers = (text: string): string => [...new Set(text.match(/\d+/g) ?? [])].sort().join(' ');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.nat(99_999).map(String))), (words) => {
        const text = words.join(' ');
        expect(numbers(foldAddress(text))).toBe(numbers(text));
      }),
    );
  });
});

describe('the id of an address', () => {
  it('is addr- and 16 hexadecimal digits, and stays what it is', () => {
    expect(addressId({ text: '88 Nansong Road, Kunshan', country: 'CN' })).toBe('addr-c2d1c6123dad17cf');
  });
  it('is the same for a country given as a code and by name, in the text or beside it', () => {
    const id = addressId({ text: '88 Nansong Road, Kunshan', country: 'CN' });
    expect(addressId({ text: '88 Nansong Road, Kunshan, China', country: 'China' })).toBe(id);
    expect(addressId({ text: '88 Nansong Road, China, Kunshan, CN', country: 'CN' })).toBe(id);
  });
  it('tells the same text in two countries apart', () => {
    expect(addressId({ text: 'Address 01', country: 'CN' })).not.toBe(addressId({ text: 'Address 01', country: 'TR' }));
    expect(addressId({ text: '', country: 'CN' })).not.toBe(addressId({ text: '', country: null }));
  });
});

describe('folding', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        foldAddress(text, text);
        expect(addressId({ text, country: text })).toMatch(/^addr-[0-9a-f]{16}$/);
        expect(typeof foldName(text)).toBe('string');
      }),
    );
  });
  it('folds plain ASCII as it folds the same text among other letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZ9 \'?&,.-_/`"') }), (text) => {
        expect(`${foldText(text)} ж`.trim()).toBe(foldText(`${text} Ж`));
      }),
      { numRuns: 2_000 },
    );
  });
  it('knows countries by code and by the names that the publishers print', () => {
    expect(['CN', 'Iran (Islamic Republic of)', 'Korea, North', 'Côte d’Ivoire', 'Russian Federation'].map(countryCode)).toEqual([
      'CN', 'IR', 'KP', 'CI', 'RU',
    ]);
    expect(countryCode('undetermined')).toBeNull();
    expect(countryCode(null)).toBeNull();
  });
});
