import { describe, expect, it } from '@jest/globals';
import { addressesOf } from './addresses.js';
import { aliasesOf } from './aliases.js';
import { citationsOf } from './citations.js';
import { identifiersOf } from './identifiers.js';
import { licenceOf } from './licence.js';
import { memberOf } from './members.js';

describe('the citations of the CSL', () => {
  const texts = (printed: string) => citationsOf(printed).map(({ text }) => text);

  it.each<[string, string[]]>([
    ['84 FR 29373; 87 FR 62202', ['84 FR 29373', '87 FR 62202']],
    ['73 FR 54504, 76 FR 71867', ['73 FR 54504', '76 FR 71867']],
    ['68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06', ['68 F.R. 38290 6/27/03', '71 F.R. 38843 7/10/06']],
    ['80 F.R. 3552 1/23/15, 80 F.R.44930 7/28/15,  83F.R. 65340 12/20/2018', ['80 F.R. 3552 1/23/15', '80 F.R.44930 7/28/15', '83F.R. 65340 12/20/2018']],
    ['82 F.R. 2312 1/9/2017, F.R. 30823 7/3/2017', ['82 F.R. 2312 1/9/2017', 'F.R. 30823 7/3/2017']],
    ['63 FR 64322, 11/19/98, 65 FR 14444, 03/17/00, 77 FR 58006 (no. 182)', ['63 FR 64322, 11/19/98', '65 FR 14444, 03/17/00', '77 FR 58006 (no. 182)']],
    ['79 FR 24566; 5/1/14; 83 FR 3580; 1/26/18', ['79 FR 24566; 5/1/14', '83 FR 3580; 1/26/18']],
    ['85 FR 51603, 8/20/20. 85 FR 52901, 8/27/20.', ['85 FR 51603, 8/20/20', '85 FR 52901, 8/27/20']],
    ['46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81', ['46 F.R. 46154 9/17/81', '46 F.R. 19290 3/30/81']],
    ['Vol. 64, No. 240 12/15/99', ['Vol. 64, No. 240 12/15/99']],
    ['Notice 2061, Vol. 59, No. 165, 8/26/94', ['Notice 2061, Vol. 59, No. 165, 8/26/94']],
    ['82 F.R. 16788, 16789 4/6/2017', ['82 F.R. 16788, 16789 4/6/2017']],
    ['66 F.R. 47630 9/13/01, NEW F.R. NOTICE TO BE PUBLISHED SOON', ['66 F.R. 47630 9/13/01', 'NEW F.R. NOTICE TO BE PUBLISHED SOON']],
    ['to be published', ['to be published']],
    ['83 FR 44824;', ['83 FR 44824']],
    ['', []],
  ])('%s', (printed, expected) => expect(texts(printed)).toEqual(expected));

  it.each<[string, number | null, number | null, string | null]>([
    ['90 FR 14046', 90, 14046, null],
    ['84  FR 21233', 84, 21233, null],
    ['84 fr 40241', 84, 40241, null],
    ['80FR 69852', 80, 69852, null],
    ['81.F.R. 22575 4/18/2016', 81, 22575, '2016-04-18'],
    ['76 FR 50407 (8/15/2011)', 76, 50407, '2011-08-15'],
    ['46 F.R. 46154 9/17/81', 46, 46154, '1981-09-17'],
    ['72 F.R. 1/30/07', 72, null, '2007-01-30'],
    ['88 FR', 88, null, null],
    ['76 FR No. 197 (10/12/2011)', 76, null, '2011-10-12'],
    ['76 FR no. 242 pg. 78146', 76, 78146, null],
    ['77 FR 61249 No. 195', 77, 61249, null],
    ['Vol. 86, No. 71, 04/15/2021', 86, null, '2021-04-15'],
    ['F.R. 30823 7/3/2017', null, 30823, '2017-07-03'],
    ['84 FR 1 13/45/2019', 84, 1, null],
  ])('%s is volume %s, page %s, of %s', (text, volume, page, date) => {
    expect(citationsOf(text)).toEqual([{ text, volume, page, date }]);
  });
});

describe('the footnotes of a licence requirement', () => {
  it.each<[string, string[]]>([
    ['For all items subject to the EAR. (See §§734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR.)', ['3']],
    ['For All Items Subject to the EAR (See §734.9(g), 3 §746.8(a)(3), and §744.21(b) of the EAR).', ['3']],
    ['For all items subject to the EAR (See §§734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR)', ['3']],
    ['For all items subject to the EAR (See §§ 734.9(g),3\u00a0746.8(a)(3), and 744.21(b) of the EAR)', ['3']],
    ['For all items subject to the EAR, see §§\u00a0734.9(e)1 and 744.11 of the EAR2', ['1', '2']],
    ['For all items subject to the EAR, see §§ 734.9(e)\u00a01\u00a0and 744.11 of the EAR\u00a02', ['1', '2']],
    ['For All Items Subject to the EAR (See §734.9(e)1, and §744.11 of the EAR)2.', ['1', '2']],
    ['For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)4', ['4']],
    ['For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR) 4', ['4']],
    ['For All Items Subject to the EAR (See §734.9(e)(2), and §744.11 of the EAR)4.', ['4']],
    ['For all items subject to the EAR (See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5', ['5']],
    ['For all items subject to the EAR. (See § 744.11 of the EAR)', []],
    ['For all items subject to the EAR. (See §744.2 (d) of the EAR)', []],
    ['may be overcome by License Exception GOV under § 740.11(b)(2) and (e).', []],
    ['food or medicine designated as EAR99, or ECCN 5A992.c and 5D992.c unless', []],
    ['listed in supplement no. 2 to part 744.', []],
  ])('%s', (requirement, footnotes) => expect(licenceOf(requirement, null)?.footnotes).toEqual(footnotes));

  it('are of no licence where neither requirement nor policy is printed', () => {
    expect(licenceOf(null, null)).toBeNull();
    expect(licenceOf(null, 'Presumption of denial')).toEqual({ requirement: null, policy: 'Presumption of denial', footnotes: [] });
  });
});

describe('the addresses of the CSL', () => {
  it('are split at `; ` only, since commas belong to them, and lose a leading `and`', () => {
    const printed = '88 Nansong Road, Kunshan, CN; and Exodus Tower, Suite 3, Hong Kong, HK; Economic Zone;, CN; HK;';
    expect(addressesOf(printed).map(({ text }) => text)).toEqual([
      '88 Nansong Road, Kunshan, CN',
      'Exodus Tower, Suite 3, Hong Kong, HK',
      'Economic Zone;, CN',
      'HK',
    ]);
  });

  it.each([
    ['CN', null, null, null, null, 'CN'],
    ['605 TRAIL LAKE DRIVE, RICHARDSON, TX, 75081, US', '605 TRAIL LAKE DRIVE', 'RICHARDSON', 'TX', '75081', 'US'],
    ['79 ul. Sadovnicheskaya, Moscow, 115035, RU', '79 ul. Sadovnicheskaya', 'Moscow', null, '115035', 'RU'],
    ['Shops No. 3-4 Ahmed Ali Bldg., Al Jalel, Deira, Dubai, Dubai, AE', 'Shops No. 3-4 Ahmed Ali Bldg., Al Jalel, Deira', 'Dubai', null, null, 'AE'],
    ['Basrah, IQ', null, 'Basrah', null, null, 'IQ'],
    ['43 Palace Mansions, London, SW1A 1AA, GB', '43 Palace Mansions', 'London', null, 'SW1A 1AA', 'GB'],
    ['Av. Colon, Tijuana, Baja California, MX', null, null, null, null, 'MX'],
    ['50 Yongding Road, Haidian District, Beijing, China', null, null, null, null, null],
    ['2948 PEASE DRIVE, ROCKY RIVER, OH, 44116', null, null, null, '44116', null],
  ])('%s', (text, street, city, region, postalCode, country) => {
    expect(addressesOf(text)).toEqual([{ text, street, city, region, postalCode, country, number: null, details: {} }]);
  });

  it('are in one line', () => {
    expect(addressesOf('No.8633 Zhongchun Road, \nMinhang District, Shanghai, CN')[0]?.text).toBe('No.8633 Zhongchun Road, Minhang District, Shanghai, CN');
  });
});

describe('the aliases of the CSL', () => {
  const names = (printed: string) => aliasesOf(printed).map(({ name, kind }) => `${kind} ${name}`);

  it('are split at semicolons, and lose a leading `and`', () => {
    expect(names('CETC 24;Sichuan Solid; Exodus Co., Ltd.; and JSC 140;')).toEqual(['a.k.a. CETC 24', 'a.k.a. Sichuan Solid', 'a.k.a. Exodus Co., Ltd.', 'a.k.a. JSC 140']);
  });

  it('are former names where they say so, also behind the name that replaced them', () => {
    expect(names('f.k.a. Sibirskaya OAO')).toEqual(['f.k.a. Sibirskaya OAO']);
    expect(names('JSC NIIP, f.k.a., Otkrytoe')).toEqual(['a.k.a. JSC NIIP', 'f.k.a. Otkrytoe']);
    expect(names('AO Stroyproekt (f.k.a., Institut (Moscow))')).toEqual(['a.k.a. AO Stroyproekt', 'f.k.a. Institut (Moscow)']);
  });
});

describe('the identifiers of the CSL', () => {
  it.each([
    ['US, 80-0890696, Tax ID No.', 'Tax ID No.', '80-0890696', 'US'],
    ['IMO 8898831, Vessel Registration Identification', 'Vessel Registration Identification', 'IMO 8898831', null],
    ['Male, Gender', 'Gender', 'Male', null],
    ['Gender, Male', 'Gender', 'Male', null],
    ['Passport, U00242309, TR', 'Passport', 'U00242309', 'TR'],
    ['SWIFT/BIC, RUDVRUMM', 'SWIFT/BIC', 'RUDVRUMM', null],
    ['www.vtb.ao, Website', 'Website', 'www.vtb.ao', null],
    ['Issuer Name, Aerospace Communications Holdings Co., Ltd.', 'Issuer Name', 'Aerospace Communications Holdings Co., Ltd.', null],
    ['Aerospace Communications Holdings Co., Ltd., Issuer Name', 'Issuer Name', 'Aerospace Communications Holdings Co., Ltd.', null],
    ['North Korea Sanctions Regulations, sections 510.201 and 510.210, Secondary sanctions risk:', 'Secondary sanctions risk:', 'North Korea Sanctions Regulations, sections 510.201 and 510.210', null],
    ['Secondary sanctions risk:, North Korea Sanctions Regulations, sections 510.201 and 510.210', 'Secondary sanctions risk:', 'North Korea Sanctions Regulations, sections 510.201 and 510.210', null],
    ['Subject to Directive 1, Executive Order 13662 Directive Determination -', 'Executive Order 13662 Directive Determination -', 'Subject to Directive 1', null],
    ['standing alone', 'ids', 'standing alone', null],
  ])('%s', (printed, type, value, country) => expect(identifiersOf(printed)).toEqual([{ type, value, country }]));
});

describe('the member lists of the CSL', () => {
  it.each([
    ['Entity List (EL) - Bureau of Industry and Security', 'us-bis-el'],
    ['Military End User (MEU) List - Bureau of Industry and Security', 'us-bis-meu'],
    ['Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department', 'us-ofac-mbs'],
    ['Specially Designated Nationals (SDN) - Treasury Department', 'us-csl-sdn'],
    ['Another List (XYZ) - Treasury Department', null],
  ])('%s is %s', (label, list) => expect(memberOf(label)).toBe(list));
});
