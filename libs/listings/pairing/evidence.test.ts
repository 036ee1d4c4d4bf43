import { describe, expect, it } from '@jest/globals';
import { candidatesOf } from './candidates.js';
import { scoreOf, type Frequencies } from './evidence.js';
import { partyOf } from './party.js';
import { sketched, type Sketch } from './testdata/sketch.js';
import { alike, countWords } from './words.js';

const nobody: Frequencies = { names: new Map(), places: new Map(), listingsOfName: new Map(), rowsOfName: new Map() };
const score = (one: Sketch, other: Sketch, frequencies = nobody): number => scoreOf(partyOf(sketched(one)), partyOf(sketched(other)), frequencies).score;

const PLANT = { name: 'Kazan Optical Plant', at: ['5 Lenina Street, Kazan, RU'], cites: ['84 FR 100'], since: '2019-05-21' };
const EDITED = { ...PLANT, name: 'Kasan Optical Plant' };

describe('two entries score', () => {
  it('1 when all agrees, and nothing when the names are two names, whatever else agrees', () => {
    expect(score(PLANT, PLANT)).toBe(1);
    expect(score(PLANT, { ...PLANT, name: 'Kazan Shipping' })).toBe(0);
  });
  it.each<[string, Sketch, Sketch]>([
    ['when the countries are two', PLANT, { ...EDITED, at: ['5 Lenina Street, Kazan, KZ'] }],
    ['when the address is another', PLANT, { ...EDITED, at: ['77 Mira Avenue, Omsk, RU'] }],
    ['when an old citation is gone', PLANT, { ...EDITED, cites: ['90 FR 1'] }],
    ['when it starts years apart', PLANT, { ...EDITED, since: '2010-01-01' }],
  ])('less %s', (_what, one, other) => {
    expect(score(one, other)).toBeLessThan(score(PLANT, EDITED) - 0.05);
  });
  it('less when no country is common than when one names none', () => {
    const at = ['5 Lenina Street, Kazan'];
    expect(score(PLANT, { ...EDITED, at: ['5 Lenina Street, Kazan, KZ'] })).toBeLessThan(score(PLANT, { ...EDITED, at }) * 0.85);
  });
  it('less when the row was listed years later and keeps no citation, than when it keeps its start', () => {
    const later = score(PLANT, { ...EDITED, cites: ['90 FR 1'], since: '2024-07-03' });
    expect(later).toBeLessThan(0.87 * score(PLANT, { ...EDITED, cites: ['90 FR 1'], since: '2010-01-01' }));
  });
  it('more when a cited page is one of the same rule, and when a revision only added a citation', () => {
    const [near, far, added] = [['84 FR 104'], ['84 FR 900'], ['84 FR 100', '86 FR 7']].map((cites) => score(PLANT, { ...EDITED, cites }));
    expect(near!).toBeGreaterThan(far! + 0.1);
    expect(added!).toBeGreaterThan(near!);
  });
  it('less for a start within a year than for the same, and more than for one beyond', () => {
    const [same, near, beyond] = ['2019-05-21', '2019-08-21', '2021-01-01'].map((since) => score(PLANT, { ...EDITED, since }));
    expect(same!).toBeGreaterThan(near!);
    expect(near!).toBeGreaterThan(beyond!);
  });
  it('enough when nobody else has the name and no country contradicts', () => {
    const only: Frequencies = { ...nobody, listingsOfName: new Map([['kazan optical plant', 1]]), rowsOfName: new Map([['kazan optical plant', 1]]) };
    const bare = { ...PLANT, at: [], cites: ['70 FR 1'], since: '2001-01-01' };
    expect(score(PLANT, bare, only)).toBe(0.75);
    expect(score(PLANT, bare)).toBeLessThan(0.72);
    expect(score(PLANT, { ...bare, at: ['KZ'] }, only)).toBeLessThan(0.72);
  });
  it('for a name whose last words moved into the address, as for nearly the same name', () => {
    const before = { name: 'Huawei Technologies, Tsim Sha Tsui, Harbour', at: ['Tsim Sha Tsui, HK'] };
    const moved = score(before, { name: 'Huawei Technologies', at: ['Tsim Sha Tsui, Harbour, HK'] });
    expect(moved).toBeGreaterThan(score(before, { name: 'Huawei Technologies', at: ['Tsim Sha Tsui, HK'] }));
    expect(moved).toBeGreaterThan(0.9);
  });
  it('for aliases that stay while the name changes', () => {
    const [before, after] = [{ ...PLANT, name: 'NPO Granit', aka: ['Volga Optics Union', 'VOU'] }, { ...PLANT, name: 'Omsk Works', aka: ['Volga Optics Union'] }];
    expect(score(before, after)).toBeGreaterThan(0.9);
    expect(score(before, { ...after, aka: ['VOU'] })).toBe(0);
  });
  it('for usual words of organisations alike in a handful of entries and in thousands', () => {
    const before = { ...PLANT, name: 'Atomic Energy entity: Nuclear reactors' };
    const after = { ...PLANT, name: 'Atomic Energy facilities: Nuclear reactors under safeguards' };
    expect(score(before, after)).toBeGreaterThan(0.85);
    expect(score({ ...before, name: before.name.replace('entity', 'Envoltek') }, { ...after, name: after.name.replace('facilities', 'Tonghui') })).toBeLessThan(0.72);
  });
  it('names less by frequent words than by rare ones', () => {
    const names = countWords([...Array.from({ length: 1_000 }, () => ['technology']), ['granit']]);
    const [rare, frequent] = ['Granit Volga', 'Technology Volga'].map((name) => score({ name: 'Granit Technology' }, { name }, { ...nobody, names }));
    expect(rare!).toBeGreaterThan(frequent!);
  });
});

describe('two words are alike', () => {
  it.each([['gruzdew', 'gruzdev'], ['mohammed', 'muhammad'], ['uighur', 'uyghur'], ['zvezdochka', 'zvyozdochka']])('%s and %s', (one, other) => {
    expect(alike(one, other)).toBeGreaterThan(0.69);
  });
  it.each([['li', 'lu'], ['hassan', 'hussein'], ['type2045', 'type2046'], ['marina', 'tarino'], ['beijing', 'harbin']])('but not %s and %s', (one, other) => {
    expect(alike(one, other)).toBe(0);
  });
});

describe('an entry is compared with those', () => {
  const compared = (one: Sketch, other: Sketch): boolean => candidatesOf([partyOf(sketched(one))], [partyOf(sketched(other))])[0]!.length > 0;
  const other = { name: 'Orion', at: ['8 Mira Street, Omsk, RU'], cites: ['70 FR 1'] };

  it.each<[string, Sketch]>([
    ['a word of the name', { ...other, name: 'Orion Plant' }],
    ['a word of an alias', { ...other, name: 'Zenit', aka: ['Orion Works'] }],
    ['an address', { ...other, name: 'Zenit' }],
    ['the name, parted otherwise', { ...other, name: 'Ori On', at: [], cites: [] }],
    ['citation, start and country', { ...other, name: 'Zenit', at: ['9 Lenina Street, Omsk, RU'] }],
  ])('that share %s', (_what, one) => {
    expect(compared(one, { ...other, at: _what.startsWith('a word') ? [] : other.at, cites: _what.startsWith('citation') ? other.cites : [] })).toBe(true);
  });
  it('and with no others', () => {
    expect(compared({ name: 'Zenit', at: ['RU'], cites: ['70 FR 1'], since: null }, other)).toBe(false);
    expect(compared({ name: 'Zenit', at: ['RU'], cites: [] }, { name: 'Orion', at: ['RU'], cites: [] })).toBe(false);
  });
  it('nor by what too many share', () => {
    const parties = Array.from({ length: 200 }, (_, at) => partyOf(sketched({ name: `Technology Number${at}x`, cites: [] })));
    expect(candidatesOf(parties, parties).map((found) => found.length)).toEqual(parties.map(() => 1));
  });
});

describe('a listing as evidence', () => {
  it('takes the country from the end of the address where no code stands beside it', () => {
    expect(partyOf(sketched({ name: 'Caprice', at: ['17 Ko Fai Road, Kowloon, Hong Kong'] })).countries).toEqual(['HK']);
    expect(partyOf(sketched({ name: 'Caprice', at: ['17 Ko Fai Road, Kowloon'] })).countries).toEqual([]);
  });
  it('does not take a country alone for an address', () => {
    expect(partyOf(sketched({ name: 'Huawei', at: ['CN', 'Shenzhen, CN'] })).places.map((place) => place.specific)).toEqual([false, true]);
  });
});
