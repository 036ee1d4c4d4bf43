import { describe, expect, it } from '@jest/globals';
import { classifyAddressText } from './address-text.js';

describe('a change of an address is editorial when it is only one of', () => {
  it.each([
    ['punctuation', 'Al-Ras Hotel,, Dubai', 'Al Ras Hotel, Dubai'],
    ['blanks inside words', 'Tsim ShaTsui, Kowloon', 'Tsim Sha Tsui, Kowloon'],
    ['punctuation', "1199 Bin'an Road", '1199 Binan Road'],
    ['blanks inside words', "1199 Bin'an Road", '1199 Bin An Road'],
    ['blanks inside words', 'PO Box 61002, Dubai', 'P.O. Box 61002, Dubai'],
    ['abbreviation', 'No. 88 Nansong Road, Building 3', '88 Nansong Rd., Bldg. 3'],
    ['abbreviation', 'PO Box 61002', 'Post Office Box 61002'],
    ['abbreviation', '16 Nametkina ul., Moscow', '16 Nametkina St., Moscow'],
    ['abbreviation', 'Hulan Road, Wuxi City, Jiangsu', 'Hulan Road, Wuxi, Jiangsu Province'],
    ['abbreviation', '50 Yongding Road, Beijing, China', '50 Yongding Road, Beijing, CN'],
    ['words without meaning', 'the city of Surgut', 'Surgut City'],
    ['words without meaning', 'Buzuluk, the Orenburg Region', 'Buzuluk, Orenburg Region'],
    ['a part said twice', 'Wuxi City, China, Wuxi City, CN', 'Wuxi, CN'],
    ['a part said twice', 'Oktyabrsky Prospekt, Pskov 180000, Pskov, 180000, RU', 'Oktyabrsky Prospekt, Pskov, 180000, RU'],
    ['a part said twice', '4/F, Trade Centre, Hong Kong', '4/F, Trade Centre, Hong Kong, HK'],
    ['order of the parts', 'Room 5, Building 3, Minsk', 'Building 3, Room 5, Minsk'],
    ['order of the parts', 'Lenina St., 4, Tyumen Region, Surgut, 628415', 'Lenina St., 4, Surgut, Tyumen Region, 628415'],
    ['spelling: villlage → village', 'Dubai Air Cargo Villlage', 'Dubai Air Cargo Village'],
  ])('%s', (reason, before, after) => {
    expect(classifyAddressText(before, after)).toEqual({ class: 'editorial', reason });
    expect(classifyAddressText(after, before).class).toBe('editorial');
  });
  it('the code of the country that the publisher names', () => {
    expect(classifyAddressText('Munich, Germany', 'Munich, DE', ['DE'])).toEqual({ class: 'editorial', reason: 'abbreviation' });
  });
});

describe('a change of an address is substantive, with its reason, when', () => {
  it.each([
    ['other words: fuzhou → suzhou', '5 Long Road, Fuzhou', '5 Long Road, Suzhou'],
    ['other words: huanyuan → huayuan', 'A36-2 Huanyuan Haidian', 'A36-2 Huayuan Haidian'],
    ['other words: zhang → zheng', 'Zhang Road', 'Zheng Road'],
    ['other words: IR → IQ', 'Main Street, Iran', 'Main Street, Iraq'],
    ['a number changed: 1 → 2', 'building 1, Moscow 123456', 'building 2, Moscow 123456'],
    ['a number changed: 20108 → 220108', 'Minsk, 20108', 'Minsk, 220108'],
    ['a number changed: 3-5 → 3 5', 'Rooms 3-5', 'Rooms 3, 5'],
    ['a number changed: 5 6 → 56', 'Rooms 5 6', 'Rooms 56'],
    ['numbers stand with other words', 'Building 3 Room 5', 'Building 5 Room 3'],
    ['numbers stand with other words', 'PO Box 61002, Dubai', 'PO Box, Dubai 61002'],
    ['numbers stand with other words', 'Minsk 220108, Kirov 610000', 'Minsk 610000, Kirov 220108'],
    ['a number changed: 5 → (none)', '5, Lenina St., 5', '5, Lenina St.'],
    ['numbers stand with other words', '5, Lenina St., 7', '7, Lenina St., 5'],
    ['numbers stand with other words', 'Building 3, Room 7, Building 4, Room 5', 'Building 3, Room 5, Building 4, Room 7'],
    ['numbers stand with other words', '2 Krasnaya Street', 'Krasnaya Street 2'],
    ['another order of words', 'North Road, South Town', 'South Road, North Town'],
    ['a number changed: 5 → (none)', 'Building 5, 5, Minsk', 'Building 5, Minsk'],
    ['a word came: shanghai', 'Hulan Road', 'Hulan Road, Shanghai'],
    ['a word went: moscow', 'Sergiev Posad, Moscow Oblast, Moscow, RU', 'Sergiev Posad, Moscow Oblast, RU'],
    ['a word went: beijing', 'Beijing Road, Shanghai, Beijing', 'Beijing Road, Shanghai'],
    ['jilin city became jilin province', '5 Long Road, Jilin City', '5 Long Road, Jilin Province'],
    ['mexico and mexico city are two places', 'Torre 5, Mexico City', 'Torre 5, Mexico'],
    ['a saint is no street', 'Saint Nicolas 5', 'Street Nicolas 5'],
    ['other words: s → south', 'Block 5 S, Karachi', 'Block 5 South, Karachi'],
    ['other words: gaza → w bank', 'Camp 5, Gaza', 'Camp 5, West Bank'],
    ['a word went: england', '5 Long Road, London, England, GB', '5 Long Road, London, GB'],
    ['other words: abu dis → abud is', 'Abu Dis', 'Abud Is'],
  ])('%s', (reason, before, after) => {
    const found = classifyAddressText(before, after);
    expect(found).toEqual({ class: 'substantive', reason });
    expect(classifyAddressText(after, before).class).toBe('substantive');
  });
  it('a state of the USA is taken for a country', () => {
    expect(classifyAddressText('5 Long Road, Wilmington, DE', '5 Long Road, Wilmington, Germany', ['US']).class).toBe('substantive');
  });
});
