import { describe, expect, it } from '@jest/globals';
import type { Json } from '../listing.js';
import { classifyJson } from './json.js';

const rule = (text: string, volume: number | null, page: number | null): Json => ({ text, volume, page, date: null });
const licence = (requirement: string | null, policy: string | null = null, footnotes: string[] = []): Json => ({ requirement, policy, footnotes });

describe('a change of a field that is a list is editorial when', () => {
  it.each<[string, Json, Json]>([
    ['only the order changed', ['NPWMD', 'IFSR'], ['IFSR', 'NPWMD']],
    ['an element is said twice', ['NPWMD'], ['NPWMD', 'NPWMD']],
    ['an element that is said twice is said once', ['NPWMD', 'npwmd'], ['NPWMD']],
    ['an element is written otherwise', ['Donetsk People?s Republic'], ["Donetsk People's Republic"]],
    ['it was empty and is', [], null],
    ['a citation is printed otherwise', [rule('77 FR 61249 No. 195', 77, 61249)], [rule('77 FR 61249', 77, 61249)]],
    ['a citation without a page has another blank', [rule('84 FR', null, null)], [rule('84  FR ', null, null)]],
  ])('%s', (_what, before, after) => {
    expect(classifyJson(before, after).class).toBe('editorial');
    expect(classifyJson(after, before).class).toBe('editorial');
  });

  it.each<[string, Json, Json]>([
    ['came: IFSR', ['NPWMD'], ['NPWMD', 'IFSR']],
    ['went: SDGT, came: IFSR', ['NPWMD', 'SDGT'], ['NPWMD', 'IFSR']],
    ['came: 87 FR 34136', [rule('87 FR 20299', 87, 20299)], [rule('87 FR 20299', 87, 20299), rule('87 FR 34136', 87, 34136)]],
    ['went: 84 FR 54002, came: 84 FR 54004', [rule('84 FR 54002', 84, 54002)], [rule('84 FR 54004', 84, 54004)]],
    ['there was nothing', null, ['SDGT']],
    ['went: Bank of Iran, came: Bank of Iraq', ['Bank of Iran'], ['Bank of Iraq']],
    ['went: Chan Sau Luen, came: Sau Luen Chan', ['Chan Sau Luen'], ['Sau Luen Chan']],
    ['went: 77 FR 61249, came: 77 FR 61249', [{ text: '77 FR 61249', volume: 77, page: 61249, date: '2012-10-09' }], [{ text: '77 FR 61249', volume: 77, page: 61249, date: '2012-10-10' }]],
  ])('and substantive when %s', (reason, before, after) => {
    expect(classifyJson(before, after)).toEqual({ class: 'substantive', reason });
  });
});

describe('a change of a licence is editorial when it names the same sections in other words', () => {
  it.each<[string, string]>([
    ['For all items subject to the EAR.  (See §744.11 of the EAR)', 'For All Items Subject to the EAR (See § 744.11 of the EAR).'],
    ['For all items subject to the EAR. (See §§734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR.)', 'All items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)'],
    ['For All Items Subject to the EAR (See §734.9(g), 3 §744.21(b), and §746.8(a)(3) of the EAR).', 'For all items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)'],
    ['For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)4', 'For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR) 4'],
    ['See §744.2 (d) of the EAR', 'See § 744.2(d) of this part'],
    ['Presumption of denial.', 'Presumption for denial'],
  ])('%s', (before, after) => {
    expect(classifyJson(licence(before), licence(after)).class).toBe('editorial');
    expect(classifyJson(licence(null, before), licence(null, after)).class).toBe('editorial');
  });

  it.each<[string, Json, Json]>([
    ['another section', licence('See §744.11 of the EAR'), licence('See §744.21 of the EAR')],
    ['another paragraph', licence('See §744.2(d)'), licence('See §744.2(e)')],
    ['another policy', licence('All', 'Presumption of denial'), licence('All', 'Presumption of approval')],
    ['a footnote that came', licence('All', null, []), licence('All', null, ['4'])],
    ['other words for the same sections', licence('All items', 'Denial for food, approval for arms'), licence('All items', 'Approval for food, denial for arms')],
    ['sections that change places', licence('All items of §744.11 except those of §744.21'), licence('All items of §744.21 except those of §744.11')],
    ['or instead of and', licence('See §744.11 and §744.21'), licence('See §744.11 or §744.21')],
    ['another category', licence('All items of Category 3'), licence('All items of Category 5')],
    ['a negation', licence('Items that are authorized'), licence('Items that are not authorized')],
    ['an exception', licence('All items subject to the EAR'), licence('All items subject to the EAR except for food')],
  ])('and substantive for %s', (_what, before, after) => {
    expect(classifyJson(before, after).class).toBe('substantive');
  });
});

describe('a change of another field', () => {
  it('is judged key by key, and names the key', () => {
    expect(classifyJson({ title: 'Mr', flag: 'Iran' }, { title: 'Mr.', flag: 'Iran' })).toEqual({ class: 'editorial', reason: 'title: punctuation' });
    expect(classifyJson({ title: 'Mr', flag: 'Iran' }, { title: 'Mr', flag: 'Panama' })).toEqual({ class: 'substantive', reason: 'flag: other words: iran → panama' });
    expect(classifyJson({ flag: 'Iran' }, {})).toMatchObject({ class: 'substantive' });
  });
  it('is substantive where the kind of value changes, and where a number does', () => {
    expect(classifyJson(12, 13)).toEqual({ class: 'substantive', reason: '12 became 13' });
    expect(classifyJson(12, '12').class).toBe('substantive');
    expect(classifyJson(true, false).class).toBe('substantive');
  });
});
