import { describe, expect, it } from '@jest/globals';
import { whyImpossible } from './impossible.js';
import { partyOf } from './party.js';
import { sketched, type Sketch } from './testdata/sketch.js';

const why = (one: Sketch, other: Sketch): string | null => whyImpossible(partyOf(sketched(one)), partyOf(sketched(other)));

describe('two entries cannot be one listing', () => {
  it.each<[string, Sketch, Sketch]>([
    ['a party and a bare address', { name: 'Address 01', at: ['5 Mira, CN'] }, { name: 'Kazan Plant', at: ['5 Mira, CN'] }],
    ['a party and a bare address', { name: 'Sheung Wan', type: 'address' }, { name: 'Sheung Wan' }],
    ['bare addresses of two countries', { name: 'Address 01', at: ['5 Mira, CN'] }, { name: 'Address 01', at: ['5 Mira, TR'] }],
    ['two kinds of party', { name: 'Esperanza', type: 'vessel' }, { name: 'Esperanza', type: 'individual' }],
    ['names with different numbers', { name: '204th Research Institute' }, { name: '206th Research Institute' }],
    ['names with different numbers', { name: 'First Design Department' }, { name: 'Second Design Department' }],
    ['names with different numbers', { name: 'CETC 13 - Plant 2' }, { name: 'CETC 14 - Plant 2' }],
    ['two persons', { name: 'Husayn Assad Faur' }, { name: 'Ahmad Assad Faur' }],
    ['two persons', { name: 'KIM, Man Chun', type: 'individual' }, { name: 'KIM, Yong Chun', type: 'individual' }],
  ])('%s', (reason, one, other) => {
    expect([why(one, other), why(other, one)]).toEqual([reason, reason]);
  });
});

describe('two entries can be one listing', () => {
  it.each<[string, Sketch, Sketch]>([
    ['of a kind that one edition does not print', { name: 'Esperanza', type: 'vessel' }, { name: 'Esperanza', type: 'unknown' }],
    ['when a number came', { name: 'Kazan Plant' }, { name: 'Kazan Plant 5' }],
    ['when a number is written otherwise', { name: '2nd Design Department No. 5' }, { name: 'Second Design Department 5' }],
    ['when the one was also known by the name of the other', { name: 'Plant 204' }, { name: 'Plant 206', aka: ['Plant 204'] }],
    ['when a given name is spelt otherwise', { name: 'Andey Gruzdew' }, { name: 'Andrey Gruzdew' }],
    ['when a given name came', { name: 'Rotenberg Boris' }, { name: 'Rotenberg Boris Borisovich' }],
    ['when only the initial is there', { name: 'H. Ghasir' }, { name: 'Hassan Ghasir' }],
    ['when words of a company change', { name: 'Kazan Trading Company Volga' }, { name: 'Kazan Shipping Company Volga' }],
    ['bare addresses of one country', { name: 'Address 01', at: ['5 Mira, CN'] }, { name: 'Address 02', at: ['5 Mira, CN'] }],
  ])('%s', (_what, one, other) => {
    expect([why(one, other), why(other, one)]).toEqual([null, null]);
  });
});
