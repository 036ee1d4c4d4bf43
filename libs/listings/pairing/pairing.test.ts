import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pairListings, type ListingPairs } from './pairing.js';
import { sketched as state, type Sketch } from './testdata/sketch.js';

/** The outcome as `[id, row]`, ids a, b, c … and rows 0, 1, 2 … in the order given. */
function pair(before: Sketch[], after: Sketch[], options = {}): ListingPairs {
  return pairListings(
    before.map((sketch, at) => ({ id: 'abcdefgh'[at]!, state: state(sketch) })),
    after.map((sketch, row) => ({ row, state: state(sketch) })),
    options,
  );
}
const who = (found: ListingPairs) => found.pairs.map(({ id, row }) => `${id}${row}`).sort();

const SUMA = { name: 'Suma Techology Co., Ltd.', at: ['88 Nansong Road, Kunshan, CN'], cites: ['90 FR 14046'], since: '2025-03-25' };
const PARTY = { name: 'Kazan Optical Plant', at: ['5 Lenina Street, Kazan, RU'] };

describe('exact evidence', () => {
  it('takes a row that says the same for the same listing', () => {
    expect(pair([SUMA], [SUMA]).pairs).toEqual([
      { id: 'a', row: 0, step: 'exact', score: 1, reason: 'the same name, addresses, start date and citations as printed' },
    ]);
  });
  it.each([
    ['the spelling of name and address', { ...SUMA, name: 'SUMA TECHOLOGY COMPANY LIMITED', at: ['No. 88 Nansong Rd., Kunshan, CN'] }, 0.99],
    ['an address', { ...SUMA, at: ['88 Nansong Road, Kunshan, CN', '1 Other Road, Kunshan, CN'] }, 0.98],
    ['its citations', { ...SUMA, cites: ['91 FR 200'], since: null }, 0.96],
    ['address and start date', { ...SUMA, at: ['1 Other Road, Kunshan, CN'], since: null }, 0.95],
    ['address and citations', { ...SUMA, at: ['1 Other Road, Kunshan, CN'], cites: ['91 FR 200'] }, 0.93],
    ['address, citations and start date', { ...SUMA, at: ['1 Other Road, Kunshan, CN'], cites: ['91 FR 200'], since: null }, 0.88],
  ])('survives a change of %s', (_what, after, score) => {
    expect(pair([SUMA], [after]).pairs).toMatchObject([{ id: 'a', row: 0, step: 'exact', score }]);
  });
  it('knows a person whose surname moved to the front', () => {
    const at = ['Unit 803, 208 Nathan Road, Kowloon, HK'];
    expect(pair([{ name: 'Chan Sau Luen', at }], [{ name: 'Sau Luen Chan', at }]).pairs).toMatchObject([{ step: 'exact', score: 0.9 }]);
  });
  it('goes from the strongest evidence to the weakest', () => {
    const one = { name: 'Alfa', at: ['1 A Street, Kazan, RU'] };
    const other = { name: 'Alfa', at: ['9 Z Street, Omsk, RU'], cites: ['85 FR 7'], since: null };
    expect(who(pair([one, other], [{ ...other, cites: ['85 FR 7', '86 FR 9'] }, one]))).toEqual(['a1', 'b0']);
  });
  it('tells two rows apart whose citations differ only by a double blank', () => {
    const [one, other] = [{ ...PARTY, cites: ['84 FR 21233'] }, { ...PARTY, cites: ['84  FR 21233'] }];
    const found = pair([one, other], [other, one]);
    expect([who(found), found.pairs.map((one) => one.step)]).toEqual([['a1', 'b0'], ['exact', 'exact']]);
  });
  it('leaves to the assignment what is not unique on both sides', () => {
    const [one, other] = [PARTY, { ...PARTY, cites: ['85 FR 7'] }];
    expect(pair([one, other], [{ ...PARTY, cites: ['86 FR 9'] }]).pairs).toMatchObject([{ step: 'assignment' }]);
    expect(pair([PARTY], [{ ...one, cites: ['85 FR 7'] }, { ...other, cites: ['86 FR 9'] }]).pairs).toMatchObject([{ step: 'assignment' }]);
  });
  it('gives of rows that say the same the smaller number to the smaller id', () => {
    const twins = [PARTY, PARTY, PARTY].map((sketch, at) => ({ id: 'cab'[at]!, row: at, state: state(sketch) }));
    expect(pairListings(twins, twins).pairs.map(({ id, row }) => `${id}${row}`)).toEqual(['a0', 'b1', 'c2']);
  });
});

describe('the assignment of what is left', () => {
  it('finds an edited name, and says by what', () => {
    const { pairs } = pair([{ ...PARTY, cites: ['84 FR 100'] }], [{ ...PARTY, name: 'Kasan Optical Plant', cites: ['84 FR 103', '86 FR 9'] }]);
    expect(pairs).toEqual([
      { id: 'a', row: 0, step: 'assignment', score: expect.any(Number), reason: 'names alike 90 %, addresses 100 %, citations 80 %, start date 100 %' },
    ]);
  });
  it('finds a name whose letters were lost', () => {
    const at = ['7 Yablochkova Street, St. Petersburg, RU'];
    expect(who(pair([{ name: 'AO ?Giprostroymost?Petersburg?', at }], [{ name: "AO 'Giprostroymost-Petersburg'", at }]))).toEqual(['a0']);
  });
  it('finds a name that was an alias, and one that became an alias', () => {
    const before = { ...PARTY, name: 'NPO Granit', aka: ['Kazan Optical Plant'] };
    expect(pair([before], [{ ...PARTY, at: ['8 Mira Street, Omsk, RU'] }]).pairs[0]).toMatchObject({ step: 'assignment', reason: expect.stringContaining('alias') });
    expect(pair([{ ...PARTY, at: ['8 Mira Street, Omsk, RU'] }], [before]).pairs[0]).toMatchObject({ step: 'assignment', reason: expect.stringContaining('alias') });
  });
  it('finds a name whose place moved to the address', () => {
    const before = { name: 'Huawei Service, Langfang, Hebei', at: ['Langfang, CN'] };
    expect(who(pair([before], [{ name: 'Huawei Service', at: ['Langfang, Hebei, CN'], cites: ['84 FR 100', '87 FR 9'] }]))).toEqual(['a0']);
  });
  it('gives each to the other that it is nearest to, not first come', () => {
    const [before, rest] = [{ name: 'Orion Optical', at: ['5 Mira Street, Omsk, RU', '6 Mira Street, Omsk, RU'] }, { name: 'Orion Optics', at: ['9 Lenina Street, Omsk, RU'] }];
    const after = [{ ...rest, name: 'Orion Opticss' }, { ...before, name: 'Orion Opticall' }];
    expect(who(pair([before, rest], after))).toEqual(['a1', 'b0']);
  });
  it('prefers one certain pair to two doubtful ones', () => {
    const before = [PARTY, { ...PARTY, name: 'Kasan Optical Plan', at: ['8 Mira Street, Omsk, RU'], cites: ['70 FR 1'] }];
    const after = [{ ...PARTY, name: 'Kasan Optical Plant' }, { ...PARTY, name: 'Kazan Optica Plant', at: ['1 Gorky Street, Perm, RU'], cites: ['71 FR 2'] }];
    const [certain, ...doubtful] = [[0, 0], [0, 1], [1, 0]].map(([one, other]) => pair([before[one!]!], [after[other!]!], { threshold: 0.5 }).pairs[0]!.score);
    expect(doubtful.reduce((sum, score) => sum + score)).toBeGreaterThan(certain!);
    const found = pair(before, after, { threshold: 0.5 });
    expect([who(found), found.gone, found.newRows]).toEqual([['a0'], ['b'], [1]]);
  });
  it('of two entries merged into one keeps the one that gave more of its addresses', () => {
    const [one, more] = [{ name: 'Lode', at: ['1 A Street, Beijing, CN'] }, { name: 'Lode', at: ['2 B Street, Beijing, CN', '3 C Street, Beijing, CN'] }];
    const found = pair([one, more], [{ name: 'Lode', at: ['1 A Street, Beijing, CN', '2 B Street, Beijing, CN', '3 C Street, Beijing, CN'] }]);
    expect([who(found), found.gone]).toEqual([['b0'], ['a']]);
  });
  it('does not take a later entry of the same name for the old one, where that lives on in a third', () => {
    const old = { name: 'Tenco Technology', at: ['56 Hoi Yuen Road, Kowloon, HK'], cites: ['84 FR 21233'] };
    const twin = { ...old, at: ['12 Shennan Road, Shenzhen, CN'] };
    const after = [
      { ...twin, at: [...twin.at, ...old.at], cites: ['84 FR 21233', '87 FR 77505'] },
      { ...old, at: ['56 Hoi Yuen Road, Kwun Tong, Kowloon, HK', '12 Shennan Rd, Shenzhen, CN'], cites: ['89 FR 55034'], since: '2024-07-03' },
    ];
    const found = pair([old, { ...twin, cites: ['84  FR 21233'] }], after);
    expect([found.pairs.map((one) => one.row), found.newRows]).toEqual([[0], [1]]);
  });
  it('takes nothing below the threshold', () => {
    const after = { ...PARTY, name: 'Kasan Optical Plant', at: ['8 Mira Street, Omsk, RU'], cites: ['70 FR 1'] };
    expect(pair([PARTY], [after])).toEqual({ pairs: [], newRows: [0], gone: ['a'] });
    expect(who(pair([PARTY], [after], { threshold: 0.5 }))).toEqual(['a0']);
    expect(who(pair([PARTY], [{ ...PARTY, name: 'Orion' }], { threshold: 0 }))).toEqual([]);
  });
  it('takes a start date that differs a lot for evidence against, not for proof', () => {
    const edited = { ...PARTY, name: 'Kasan Optical Plant' };
    const [same, apart] = [edited, { ...edited, since: '2008-01-01' }].map((after) => pair([PARTY], [after]).pairs[0]!.score);
    expect(apart!).toBeLessThan(same!);
    expect(apart!).toBeGreaterThan(0.72);
  });
});

describe('never one listing', () => {
  it.each<[string, Sketch, Sketch]>([
    ['a party and a bare address', { name: 'Address 01', at: ['5 Mira Street, Kazan, RU'] }, { name: 'Address One', at: ['5 Mira Street, Kazan, RU'], aka: ['Address 01'] }],
    ['bare addresses of two countries', { name: 'Address 01', at: ['5 Mira, CN'] }, { name: 'Address 01', at: ['5 Mira, TR'] }],
    ['bare addresses of which one names no country', { name: 'Address 01', at: ['5 Mira'] }, { name: 'Address 01', at: ['5 Mira, TR'] }],
    ['bare addresses with another number at another place', { name: 'Address 01', at: ['5 Mira, CN'] }, { name: 'Address 02', at: ['77 Long Road, CN'] }],
    ['bare addresses with the same number at another place', { name: 'Address 01', at: ['5 Mira, CN'] }, { name: 'Address 01', at: ['77 Long Road, CN'] }],
    ['two brothers at one address', { name: 'Husayn Assad Faur', at: ['Morjan Bldg, Beirut, LB'] }, { name: 'Ahmad Assad Faur', at: ['Morjan Bldg, Beirut, LB'] }],
    ['two individuals of one surname', { name: 'LEE, Bank Kim', type: 'individual' }, { name: 'LEE, Bank Jun', type: 'individual' }],
    ['a person and a vessel', { name: 'Esperanza Maria', type: 'individual' }, { name: 'Esperanza Maria', type: 'vessel' }],
    ['two institutes of one academy', { name: 'Second Academy - 204th Research Institute', at: ['50 Yongding Road, Beijing, CN'] }, { name: 'Second Academy - 206th Research Institute', at: ['50 Yongding Road, Beijing, CN'] }],
    ['two subsidiaries of one institute', { name: 'Subordinate Institution of 13th Institute - Envoltek', at: ['21 Changsheng Street, CN'] }, { name: 'Subordinate Institution of 13th Institute - Tonghui', at: ['21 Changsheng Street, CN'] }],
    ['two companies added by one rule at one address', { name: 'OOO Alfa Trading', at: ['5 Mira, RU'] }, { name: 'OOO Beta Shipping', at: ['5 Mira, RU'] }],
  ])('%s', (_what, one, other) => {
    expect(pair([one], [other])).toEqual({ pairs: [], newRows: [0], gone: ['a'] });
    expect(pair([other], [one]).pairs).toEqual([]);
  });
  it('one name under two countries, when one of them went and the other came', () => {
    const [china, turkey] = [{ ...PARTY, at: ['5 Mira Street, Beijing, CN'] }, { ...PARTY, at: ['8 Ordu Caddesi, Ankara, TR'], cites: ['85 FR 7'], since: '2020-01-01' }];
    expect(pair([china], [turkey]).pairs).toEqual([]);
    expect(who(pair([china, turkey], [turkey]))).toEqual(['b0']);
  });
  it('but a number that only one name has is no contradiction, nor one of a former name', () => {
    expect(who(pair([{ ...PARTY, name: 'Kazan Optical Plant 5' }], [PARTY]))).toEqual(['a0']);
    expect(who(pair([{ ...PARTY, name: 'Plant 204' }], [{ ...PARTY, name: 'Plant 206', aka: ['Plant 204'] }]))).toEqual(['a0']);
  });
  it('but a bare address that was numbered anew or written otherwise stays one', () => {
    const address = { name: 'Address 01', at: ['Room 704, 118 Austin Road, Kowloon, HK'] };
    expect(who(pair([address], [{ ...address, name: 'Address 02' }]))).toEqual(['a0']);
    const nextRoom = { name: 'Address 02', at: ['Room 705, 118 Austin Road, Kowloon, HK'] };
    expect(who(pair([address, nextRoom], [{ ...address, name: 'Address 02' }, { ...nextRoom, name: 'Address 03' }]))).toEqual(['a0', 'b1']);
    expect(pair([nextRoom], [{ ...address, name: 'Address 02' }]).pairs).toEqual([]);
    expect(who(pair([address], [{ ...address, at: ['Unit 704, 118 Austin Rd, Kowloon, HK'] }]))).toEqual(['a0']);
  });
});

describe('the result', () => {
  const word = fc.constantFrom('Alfa', 'Beta', 'Kazan', 'Optical', 'Plant', '204th', '206th', 'Ivan', 'Petrov', 'Co.');
  const sketch: fc.Arbitrary<Sketch> = fc.record({
    name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    at: fc.uniqueArray(fc.constantFrom('1 A Street, RU', '2 B Street, RU', '3 C Street, CN', 'CN'), { maxLength: 2 }),
    cites: fc.uniqueArray(fc.constantFrom('84 FR 100', '84  FR 100', '85 FR 200'), { maxLength: 2 }),
    since: fc.constantFrom('2019-05-21', null),
    remarks: fc.constantFrom('one', 'other'),
  });
  const lists = fc.tuple(fc.array(sketch, { maxLength: 7 }), fc.array(sketch, { maxLength: 7 }), fc.infiniteStream(fc.nat(1_000)));

  it('places every listing and every row exactly once', () => {
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const { pairs, newRows, gone } = pair(before, after);
        expect([...pairs.map((one) => one.row), ...newRows].sort()).toEqual(after.map((_, row) => row));
        expect([...pairs.map((one) => one.id), ...gone].sort()).toEqual(before.map((_, at) => 'abcdefgh'[at]));
      }),
    );
  });

  it('does not depend on the order of listings and rows', () => {
    fc.assert(
      fc.property(lists, ([before, after, random]) => {
        const ids = before.map((one, at) => ({ id: 'abcdefgh'[at]!, state: state(one) }));
        const rows = after.map((one, row) => ({ row, state: state(one) }));
        const shuffled = <T>(list: T[]): T[] => list.map((one) => ({ one, key: random.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);
        expect(pairListings(shuffled(ids), shuffled(rows))).toEqual(pairListings(ids, rows));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the numbers of the rows, except among rows that say the same', () => {
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const said = (found: ListingPairs, row: (at: number) => number) => found.pairs.map((one) => `${one.id} ${JSON.stringify(after[row(one.row)])}`).sort();
        const turned = pair(before, [...after].reverse());
        expect(said(turned, (at) => after.length - 1 - at)).toEqual(said(pair(before, after), (at) => at));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same content where rows differ in nothing that is evidence', () => {
    const [one, other] = [{ ...PARTY, remarks: 'one' }, { ...PARTY, remarks: 'other' }];
    const taken = [[one, other], [other, one]].map((after) => after[pair([{ ...PARTY, remarks: 'third' }], after).pairs[0]!.row]);
    expect(taken).toEqual([one, one]);
  });

  it('pairs a list with itself entirely', () => {
    fc.assert(
      fc.property(lists, ([before]) => {
        const found = pair(before, before);
        expect([found.newRows, found.gone]).toEqual([[], []]);
      }),
    );
  });
});
