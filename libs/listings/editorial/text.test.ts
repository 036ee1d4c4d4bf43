import { describe, expect, it } from '@jest/globals';
import { classifyText } from './text.js';

describe('a change of a name or of running text is editorial when it is only one of', () => {
  it.each([
    ['blanks', 'Smolensk,  74 Frunze Street ', 'Smolensk, 74 Frunze Street'],
    ['case', 'Rocket And Space Company', 'Rocket and Space Company'],
    ['quotation marks and dashes', 'Plant “Comintern” – Perm', "Plant \"Comintern\" - Perm"],
    ['accents', 'Huawei Technologies Coöperatief', 'Huawei Technologies Cooperatief'],
    ['punctuation', 'JSC. Irkut', 'JSC Irkut'],
    ['punctuation', 'Al-Ras Hotel', 'Al Ras Hotel'],
    ['punctuation', 'OBORONLOGISTIKA, OOO', 'OBORONLOGISTIKA OOO'],
    ['punctuation', 'Akhtar and Munir', 'Akhtar & Munir'],
    ['blanks inside words', 'Al-Qaida', 'AlQaida'],
    ['blanks inside words', "Bin'An Trading", 'Bin An Trading'],
    ['blanks inside words', 'Technologies S.A.L.', 'Technologies SAL'],
    ['abbreviation', 'Technologies S. A. L. Intl.', 'Technologies SAL International'],
    ['abbreviation', 'Exodus Company Limited', 'Exodus Co., Ltd.'],
    ['abbreviation', 'Otkrytoe Aktsionernoe Obshchestvo Kamov', 'OAO Kamov'],
    ['abbreviation', 'Ministry of Defense', 'Ministry of Defence'],
    ['abbreviation', 'Third Academy', '3rd Academy'],
    ['abbreviation', 'Xinjiang Uighur Police', 'Xinjiang Uyghur Police'],
    ['abbreviation', 'Saint Petersburg Shipyard', 'St. Petersburg Shipyard'],
    ['another name of the country', 'Iran (Islamic Republic of)', 'Iran'],
    ['words without meaning', 'Ministry of the Interior', 'Ministry of Interior'],
    ['spelling: techology → technology', 'Suma Techology Park', 'Suma Technology Park'],
    ['spelling: identificiation → identification', 'Turkish Identificiation Number 5', 'Turkish Identification Number 5'],
  ])('%s', (reason, before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'editorial', reason });
    expect(classifyText(after, before).class).toBe('editorial');
  });
});

describe('a change of a name or of running text is substantive, with its reason, when', () => {
  it.each([
    ['other words: fuzhou → suzhou', 'Fuzhou Hoop Factory', 'Suzhou Hoop Factory'],
    ['other words: ivanov → ivanova', 'Anna Ivanov', 'Anna Ivanova'],
    ['other words: unlisted → enlisted', 'unlisted', 'enlisted'],
    ['other words: iran → iraq', 'Iran', 'Iraq'],
    ['other words: mali → bali', 'Bank of Mali', 'Bank of Bali'],
    ['other words: zhejiang → zhenjiang', 'Zhejiang Institute', 'Zhenjiang Institute'],
    ['other words: chongqing → changqing', 'Chongqing Institute', 'Changqing Institute'],
    ['other words: sergei → sergey', 'MIRONOV, Sergei', 'MIRONOV, Sergey'],
    ['other words: stepanenko → stefanenko', 'STEPANENKO, Oleg', 'STEFANENKO, Oleg'],
    ['other words: beijing → harbin', 'Beijing Institute of Technology', 'Harbin Institute of Technology'],
    ['other words: li → lu', 'Li Wei', 'Lu Wei'],
    ['other words: ir → iq', 'IR', 'IQ'],
    ['other words: england → scotland', 'England', 'Scotland'],
  ])('one edit makes another true name: %s', (reason, before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'substantive', reason });
    expect(classifyText(after, before).class).toBe('substantive');
  });

  it.each([
    ['another order of words', 'KIM, Jong', 'JONG, Kim'],
    ['another order of words', 'Chan Sau Luen', 'Sau Luen Chan'],
    ['another order of words', 'Lianozovo Plant, Moscow', 'Moscow, Lianozovo Plant'],
    ['a comma stands after another word', 'KIM, Jong Il', 'KIM JONG, Il'],
    ['other words: jong un → jongun', 'KIM, Jong Un', 'KIM, Jongun'],
    ['other words: abu dis → abud is', 'Abu Dis', 'Abud Is'],
    ['a word went: the', 'Nguyen The Anh', 'Nguyen Anh'],
    ['a word came: city', 'Huawei OpenLab Mexico', 'Huawei OpenLab Mexico City'],
    ['a word went: factory', 'Kazan Factory', 'Kazan'],
    ['other words: open → closed', 'Open Joint Stock Co. Kamov', 'Closed Joint Stock Co. Kamov'],
    ['other words: ojsc → cjsc', 'Open Joint Stock Company Kamov', 'Closed Joint Stock Company Kamov'],
    ['a word went: private', 'Mushko Pvt. Ltd.', 'Mushko Ltd.'],
    ['other words: z y → zy', 'Hernandez Z Y Cia', 'Hernandez ZY Cia'],
  ])('a word of a name moves, comes or goes: %s', (reason, before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'substantive', reason });
    expect(classifyText(after, before).class).toBe('substantive');
  });

  it.each([
    ['other words: for → and', 'Ministry of Defense for Armed Forces Logistics', 'Ministry of Defense and Armed Forces Logistics'],
    ['a word went: of', 'Bank of Iran', 'Bank Iran'],
    ['a word went: and', 'Alpha and Beta', 'Alpha Beta'],
    ['a word went: for', 'All, for items', 'All items'],
    ['a word came: not', 'Licences are granted', 'Licences are not granted'],
    ['a word came: not', 'For export', 'Not for export'],
    ['a word came: no', 'He holds passports', 'He holds no passports'],
    ['other words: not able → notable', 'a not able director', 'a notable director'],
    ['a word went: no', 'no 5 permits', '5 permits'],
    ['other words: approval → denial', 'Presumption of approval', 'Presumption of denial'],
    ['a word came: aik', "a.k.a. 'HO CHUN', a.k.a. 'AIK HAW'", "a.k.a. 'AIK', a.k.a. 'HO CHUN', a.k.a. 'AIK HAW'"],
  ])('a small word, a negation or an element of running text changes: %s', (_reason, before, after) => {
    expect(classifyText(before, after).class).toBe('substantive');
    expect(classifyText(after, before).class).toBe('substantive');
  });

  it.each([
    ['a number changed: 35 → 37', '35 Xue Yuan Lu', '37 Xue Yuan Lu'],
    ['a number changed: 1318-19 → 1318-20', 'Room 1318-19', 'Room 1318-20'],
    ['a number changed: 3-5 → 3 5', 'Institutes 3-5', 'Institutes 3, 5'],
    ['a number changed: 18/1 → 18-1', 'Plant 18/1', 'Plant 18-1'],
    ['a number changed: 1.5 → 1 5', 'over 1.5 tons', 'over 1,5 tons'],
    ['a number changed: 1 000 → 1000', '1 000 tons', '1000 tons'],
    ['a number changed: 5 2 → 52', 'Plant 5²', 'Plant 52'],
    ['numbers stand with other words', 'Plants 3 and 5', 'Plants 5 and 3'],
    ['other words: $ → €', '$ 500', '€ 500'],
    ['a word went: %', '25 % owned', '25 owned'],
    ['there was no text', null, 'Kazan'],
    ['the text went', 'Kazan', ''],
  ])('%s', (reason, before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'substantive', reason });
    expect(classifyText(after, before).class).toBe('substantive');
  });

  it('only marks are left', () => {
    expect(classifyText('???', '!!!!!!!!').class).toBe('substantive');
  });
});

describe('whichever one letter of a name is put in, left out, replaced or exchanged', () => {
  it.each(['KIM, Jong Un', 'Anna Ivanova', 'Zhejiang Dahua Wind', 'Mali'])('%s becomes another name', (name) => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const at = [...[...name].keys()].filter((index) => /[a-z]/i.test(name[index]!));
    const changed = at.flatMap((index) => [
      name.slice(0, index) + name.slice(index + 1),
      ...letters.flatMap((letter) => [name.slice(0, index) + letter + name.slice(index), name.slice(0, index) + letter + name.slice(index + 1)]),
    ]);
    const others = changed.filter((other) => other.toLowerCase() !== name.toLowerCase());
    expect(others.filter((other) => classifyText(name, other).class === 'editorial')).toEqual([]);
  });
});
