import { describe, expect, it } from '@jest/globals';
import type { Address, Alias } from '../listing.js';
import { pairAddresses, pairAliases } from './elements.js';

const place = (text: string, country: string | null = 'CN', number: string | null = null): Address => ({
  text, street: null, city: null, region: null, postalCode: null, country, number, details: {},
});
const alias = (name: string, more: Partial<Alias> = {}): Alias => ({ name, kind: 'a.k.a.', quality: null, number: null, details: {}, ...more });

describe('an address that went is the earlier text of one that came', () => {
  it('by the number of the publisher, whatever the text', () => {
    const [before, after] = [place('Street 5, Kabul', 'Afghanistan', '199'), place('Street 7, Herat', 'Afghanistan', '199')];
    expect(pairAddresses([before], [place('Street 5, Kabul', 'Iran', '201'), after]).pairs).toEqual([
      { before, after, class: 'substantive', reason: 'a number changed: 5 → 7' },
    ]);
  });
  it('when both fold to the same, before one that is only near', () => {
    const before = place('Jebel Ali, PO Box 61002, Dubai, AE', 'AE');
    const near = place('Jebel Ali Free, PO Box 61002, Dubai, AE', 'AE');
    const after = place('Jebel Ali, P.O. Box 61002, Dubai, AE', 'AE');
    const { pairs, added } = pairAddresses([before], [near, after]);
    expect(pairs).toMatchObject([{ before, after, class: 'editorial' }]);
    expect(added).toEqual([near]);
  });
  it('when only the writing differs', () => {
    const [before, after] = [place('Bin?An Road 12, Hangzhou, Zhejiang'), place("Bin'An Rd. 12, Zhejiang Province, Hangzhou City")];
    expect(pairAddresses([before], [after]).pairs).toMatchObject([{ class: 'editorial', reason: 'order of the parts' }]);
  });
  it.each([
    ['one letter', '9 Lixin Road Qingha Lake', '9 Lixin Road Qinghai Lake', 'other words: qingha → qinghai'],
    ['the order of its words', 'Bin An Road 12, Hangzhou', 'Road Bin An 12, Hangzhou', 'another order of words'],
    ['a small word', 'Bank of Asia, Kabul', 'Bank Asia, Kabul', 'a word went: of'],
    ['a part that says nothing new', 'Khimki, Moscow Oblast, Moscow', 'Khimki, Moscow Oblast', 'a word went: moscow'],
    ['the kind of place', 'Jilin City', 'Jilin Province', 'jilin city became jilin province'],
    ['the letter that was lost', 'Bogot? Street, Ira?', 'Bogota Street, Iraq', 'what was lost there could have been something else'],
  ])('and then %s of it is a change of fact, not an address that went and one that came', (_what, before, after, reason) => {
    expect(pairAddresses([place(before)], [place(after)])).toMatchObject({ pairs: [{ class: 'substantive', reason }], removed: [], added: [] });
  });
  it('when most of the words are the same', () => {
    const [before, after] = [place('5 Cheng Wen Road, Chengdu, China 610036'), place('5 Cheng Wen Road, Chengdu, Sichuan, 610036, CN')];
    expect(pairAddresses([before], [after]).pairs).toMatchObject([{ before, after, class: 'substantive' }]);
  });
  it.each([
    ['two rooms of one building', place('Room 1318-19, Hollywood Plaza, Kowloon'), place('Room 1318-20, Hollywood Plaza, Kowloon')],
    ['two countries', place('Address 01', 'CN'), place('Address 01', 'TR')],
    ['two towers', place('Nan Fung Tower, Hong Kong', 'HK'), place('Kai Tak Tower, Hong Kong', 'HK')],
    ['two streets', place('Nametkina Street 16, Moscow', 'RU'), place('Varshavskaya Street 16, Moscow', 'RU')],
  ])('but not %s', (_what, before, after) => {
    expect(pairAddresses([before], [after])).toEqual({ pairs: [], removed: [before], added: [after] });
  });
  it('one to one, the same whatever the order', () => {
    const before = [place('1 Long Road, Old Town, Wuxi'), place('1 Long Road, Old Town, Wuxi City, Jiangsu')];
    const after = [place('1 Long Rd, Old Town, Wuxi, Jiangsu'), place('1 Long Rd, Old Town, Wuxi')];
    const found = pairAddresses(before, after).pairs.map((pair) => [pair.before.text, pair.after.text]).sort();
    expect(found).toEqual([[before[1]!.text, after[0]!.text], [before[0]!.text, after[1]!.text]]);
    const turned = pairAddresses([...before].reverse(), [...after].reverse()).pairs.map((pair) => [pair.before.text, pair.after.text]);
    expect(turned.sort()).toEqual(found);
  });
  it('is editorial when only its parts are told apart otherwise, and substantive when its country changes', () => {
    const one = place('Hulan Road, Shanghai');
    expect(pairAddresses([one], [{ ...one, city: 'Shanghai' }]).pairs).toMatchObject([{ class: 'editorial' }]);
    expect(pairAddresses([{ ...one, number: '7' }], [{ ...one, number: '7', country: 'HK' }]).pairs).toMatchObject([
      { class: 'substantive', reason: 'country CN became HK' },
    ]);
  });
  it('is substantive when a country comes that its text does not name', () => {
    const [bare, named] = [place('Hulan Road, Shanghai', null), place('Hulan Road, Shanghai, China', null)];
    expect(pairAddresses([bare], [{ ...bare, country: 'CN' }]).pairs).toMatchObject([
      { class: 'substantive', reason: 'country (none) became CN' },
    ]);
    expect(pairAddresses([named], [{ ...named, country: 'CN' }]).pairs).toMatchObject([{ class: 'editorial' }]);
  });
});

describe('an alias that went is the earlier text of one that came', () => {
  it('by the number of the publisher, else by the folded name, else by a writing of it', () => {
    const before = [alias('NATIONAL BANK', { number: '12' }), alias('Sense Time Co., Ltd.'), alias('Fa?ur Trading')];
    const after = [alias("Fa'ur Trading"), alias('SENSE TIME COMPANY LIMITED'), alias('BANK OF THE NATION', { number: '12' })];
    const { pairs, removed, added } = pairAliases(before, after);
    expect(pairs.map((pair) => [before.indexOf(pair.before), after.indexOf(pair.after), pair.class]).sort()).toEqual([
      [0, 2, 'substantive'], [1, 1, 'editorial'], [2, 0, 'editorial'],
    ]);
    expect([removed, added]).toEqual([[], []]);
  });
  it('and a change of its kind or quality is substantive', () => {
    expect(pairAliases([alias('Sibir')], [alias('Sibir', { kind: 'f.k.a.' })]).pairs[0]).toMatchObject({ reason: 'a.k.a. became f.k.a.' });
    expect(pairAliases([alias('Sibir', { quality: 'weak' })], [alias('Sibir', { quality: 'strong' })]).pairs[0]).toMatchObject({
      class: 'substantive',
      reason: 'weak became strong',
    });
  });
  it.each([
    ['KHIN HLAING', 'HLAING, Khin', 'another order of words'],
    ['OOO Bitreit', 'OOO Betreit', 'other words: bitreit → betreit'],
    ['KIM, Jong Un', 'KIM, Jongun', 'other words: jong un → jongun'],
    ['Bank of Iran', 'Bank Iran', 'a word went: of'],
    ['Front for the Levant', 'Front Levant', 'a word went: for the'],
    ['Anna Ivanov?', 'Anna Ivanova', 'what was lost there could have been something else'],
  ])('whose change is one of fact: %s → %s', (before, after, reason) => {
    expect(pairAliases([alias(before)], [alias(after)]).pairs).toMatchObject([{ class: 'substantive', reason }]);
  });
  it('but not when the names differ', () => {
    expect(pairAliases([alias('204th Research Institute')], [alias('206th Research Institute')]).pairs).toEqual([]);
    expect(pairAliases([alias('Ajab Nur')], [alias('Peshawar Motors')]).pairs).toEqual([]);
  });
});
