import { describe, expect, it } from '@jest/globals';
import { classifyAddressText } from './address-text.js';
import { damageBetween } from './damage.js';
import { classifyText } from './text.js';

describe('characters lost to a code page are restored', () => {
  it.each([
    ['Akad?mie', 'Akadémie'],
    ['Akad?mie', 'Akademie'],
    ['Institute Giprostroymost?Saint-Petersburg?', 'Institute Giprostroymost—Saint-Petersburg'],
    ['Huawei Co”peratief', 'Huawei Cooperatief'],
    ['Torre Falc¢n', 'Torre Falcon'],
    ['Strasse K?ln', 'Strasse Koeln'],
    ["1199 Bin?an Road", "1199 Bin'an Road"],
    ['Suite 1505?6', 'Suite 1505-6'],
    ['okrug?Yugra', 'okrug, Yugra'],
    ['Hangxing (Lianyungang) Co.ÿ', 'Hangxing (Lianyungang) Co.'],
    ['Bogot?', 'Bogotá'],
  ])('%s is %s', (before, after) => {
    expect(classifyText(before, after)).toEqual({ class: 'editorial', reason: 'damaged characters' });
    expect(classifyText(after, before).class).toBe('editorial');
    expect(classifyAddressText(before, after).class).toBe('editorial');
  });
});

describe('what came back is a guess, and the change substantive, when', () => {
  it.each([
    ['it is the ending of a name', 'Anna Ivanov?', 'Anna Ivanova'],
    ['it is the last letter of a country', 'Bank of Ira?', 'Bank of Iraq'],
    ['it is the first letter', '?ali Trading House', 'Mali Trading House'],
    ['it is most of the word', '????', 'Иван'],
    ['it is most of a name', 'K?? L??', 'Kim Lee'],
    ['it is a word', 'exports ? allowed', 'exports no allowed'],
    ['it is a digit', 'Plant ?1', 'Plant 21'],
  ])('%s', (_what, before, after) => {
    expect(classifyText(before, after).class).toBe('substantive');
    expect(classifyText(after, before).class).toBe('substantive');
  });
  it('and a section sign before a number was not lost', () => {
    expect(classifyText('See §744.11', 'See § 744.11')).toEqual({ class: 'editorial', reason: 'punctuation' });
  });
  it('and says so', () => {
    expect(damageBetween('ivanov?', 'ivanova')).toBe('guessed');
    expect(classifyText('Anna Ivanov?', 'Anna Ivanova').reason).toBe('what was lost there could have been something else');
  });
});
