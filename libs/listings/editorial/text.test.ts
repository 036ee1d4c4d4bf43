import { describe, expect, it } from '@jest/globals';
import { classifyText } from './text.js';

describe('a change of text is editorial when it is only one of', () => {
  it.each([
    ['blanks', 'Smolensk,  74 Frunze Street ', 'Smolensk, 74 Frunze Street'],
    ['case', 'Rocket And Space Company', 'Rocket and Space Company'],
    ['quotation marks and dashes', 'Plant “Comintern” – Perm', "Plant \"Comintern\" - Perm"],
    ['accents', 'Huawei Technologies Coöperatief', 'Huawei Technologies Cooperatief'],
    ['punctuation', 'JSC. Irkut', 'JSC Irkut'],
    ['punctuation', 'Al-Ras Hotel', 'Al Ras Hotel'],
    ['blanks inside words', 'Tsim ShaTsui, Kowloon', 'Tsim Sha Tsui, Kowloon'],
    ['damaged characters', 'Akad?mie', 'Akadémie'],
    ['damaged characters', 'Institute Giprostroymost?Saint-Petersburg?', 'Institute Giprostroymost—Saint-Petersburg'],
    ['damaged characters', 'Huawei Co”peratief', 'Huawei Cooperatief'],
    ['abbreviation', 'No. 88 Nansong Road, Building 3', '88 Nansong Rd., Bldg. 3'],
    ['abbreviation', 'PO Box 61002', 'Post Office Box 61002'],
    ['abbreviation', 'Exodus Company Limited', 'Exodus Co., Ltd.'],
    ['words without meaning', 'the city of Surgut', 'Surgut City'],
    ['a part said twice', 'Wuxi City, China, Wuxi City, CN', 'Wuxi, CN'],
    ['a part said twice', 'Tyumensky Oblast 625519, Tyumensky, Tyumensky Oblast, 625519, RU', 'Tyumensky Oblast, 625519, RU'],
    ['order of the parts', '12 Korzhenevsky Str., Minsk', 'Minsk, Korzhenevsky Street 12'],
    ['order of the parts', 'Room 5, Building 3, Minsk', 'Building 3, Room 5, Minsk'],
    ['spelling: bejiing → beijing', 'Bejiing Institute', 'Beijing Institute'],
    ['spelling: techology → technology', 'Suma Techology Park', 'Suma Technology Park'],
  ])('%s', (reason, before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'editorial', reason });
    expect(classifyText(after, before).class).toBe('editorial');
  });
});

describe('a change of text is substantive when', () => {
  it.each([
    ['a number changed: 35 → 37', '35 Xue Yuan Lu', '37 Xue Yuan Lu'],
    ['a number changed: 19 → 20', 'Room 1318-19', 'Room 1318-20'],
    ['a number changed: 1 → 2', 'building 1, Moscow 123456', 'building 2, Moscow 123456'],
    ['a number changed: 20108 → 220108', 'Minsk, 20108', 'Minsk, 220108'],
    ['numbers stand with other words', 'Building 3 Room 5', 'Building 5 Room 3'],
    ['a number changed: 5 → (none)', 'Building 5, 5, Minsk', 'Building 5, Minsk'],
    ['a word went: factory', 'Kazan Factory', 'Kazan'],
    ['a word came: shanghai', 'Hulan Road', 'Hulan Road, Shanghai'],
    ['other words: beijing → harbin', 'Beijing Institute of Technology', 'Harbin Institute of Technology'],
    ['other words: li → lu', 'Li Wei', 'Lu Wei'],
    ['there was no text', null, 'Kazan'],
    ['the text went', 'Kazan', ''],
  ])('%s', (reason, before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'substantive', reason });
    expect(classifyText(after, before).class).toBe('substantive');
  });

  it('a short word changes by one letter', () => {
    expect(classifyText('Zhang Road', 'Zheng Road').class).toBe('substantive');
  });
  it('a lost character stood for a digit', () => {
    expect(classifyText('Plant ?1', 'Plant 21').class).toBe('substantive');
  });
  it('two errors are in one word', () => {
    expect(classifyText('Tecnologi Park', 'Technology Park').class).toBe('substantive');
  });
  it('only marks are left', () => {
    expect(classifyText('???', '!!!!!!!!').class).toBe('substantive');
  });
});
