/**
 * Usual abbreviations in addresses and the Russian words that the lists use for the same, each with the forms that
 * stand for it here. Keys and values are folded text.
 */
const FORMS: Record<string, string> = {
  rd: 'road', st: 'street str saint ul ulitsa ulica', ave: 'avenue av aven prospekt prospect prosp prkt', blvd: 'boulevard bulvar', ln: 'lane per pereulok',
  hwy: 'highway sh shosse', sq: 'square', pl: 'place ploshchad', dr: 'drive', expy: 'expressway', pkwy: 'parkway',
  emb: 'embankment nab naberezhnaya',
  obl: 'oblast', kray: 'krai', korp: 'korpus', lit: 'litera liter', stroenie: 'stroyeniye stroyenie',
  bldg: 'building bld bldng blg', fl: 'floor flr', rm: 'room', ste: 'suite', apt: 'apartment', blk: 'block',
  ctr: 'center centre', twr: 'tower', plz: 'plaza', off: 'office ofc', dept: 'department',
  dist: 'district', cty: 'county', vlg: 'village', twp: 'township', sec: 'section',
  ind: 'industrial', indus: 'industry', dev: 'development', tech: 'technology', intl: 'international',
  n: 'north', s: 'south', e: 'east', w: 'west', opp: 'opposite', mt: 'mount', gov: 'governorate',
  '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '5': 'fifth', '6': 'sixth', '7': 'seventh',
  '8': 'eighth', '9': 'ninth', '10': 'tenth',
};

const SHORT = new Map<string, string>();
for (const [short, forms] of Object.entries(FORMS)) for (const form of forms.split(' ')) SHORT.set(form, short);

/** Whether a shortened word only says what kind of thing a name or number is: `st`, `bldg`, `dist`. */
export function isKindOfPlace(word: string): boolean {
  return word in FORMS && !/\d/.test(word);
}

/** Words that say that a number follows. */
const NUMBER_SIGNS = new Set(['no', 'nos', 'number', 'num']);
/** Words that are often left out after the name of a place. */
const LEFT_OUT = new Set(['city', 'province', 'prov']);

/** `11/F`, `F/11`, `4F` are the 11th, 11th and 4th floor; `No5` is two words; a post-office box has many spellings. */
export function spellOutSigns(lowerCase: string): string {
  return lowerCase
    .replace(/\b(nos?)\.?(?=\d)|№/g, ' no ')
    .replace(/\b(\d+) ?\/ ?fl?\b\.?/g, '$1 floor')
    .replace(/\bf\/ ?(\d+)\b/g, '$1 floor')
    .replace(/\b(\d+)f\b/g, '$1 floor')
    .replace(/\bp\.? ?o\.? ?(?:box|b\.?)(?![a-z])|\bpost ?(?:office)? ?box\b/g, ' pobox ');
}

/** The words of one part of an address with usual abbreviations in one form. Numbers stay as they are. */
export function shortenAddressWords(words: string[]): string[] {
  const out: string[] = [];
  words.forEach((word, at) => {
    if (NUMBER_SIGNS.has(word) && /^\d/.test(words[at + 1] ?? '')) return;
    if (LEFT_OUT.has(word) && words.length > 1) return;
    out.push(SHORT.get(word) ?? (/^\d+(?:st|nd|rd|th)$/.test(word) ? word.slice(0, -2) : word));
  });
  return out;
}
