/**
 * Legal forms of several words and the spellings of one that stand for one word here. Applied in this order to
 * text that is folded already; the forms are those met in the lists of OFAC, BIS, the UN and the UK.
 */
const PHRASES: [RegExp, string][] = [
  [/\b(?:limited liability (?:company|partnership)|company with limited liability|limited company)\b/g, 'llc'],
  [/\b(?:open|closed|public|private|non public)? ?(?:joint stock|stock joint|shareholding|share holding) (?:company|co|corporation)\b/g, ' jsc '],
  [/\b(?:otkryt\w+|zakryt\w+|publichn\w+|nepublichn\w+)? ?a[kc]t?[cs]?ioner\w+ ob\w+stvo\b/g, ' jsc '],
  [/\bob\w+stvo s ogranichenn?\w+ otvet\w+\b/g, 'ooo'],
  [/\b(?:federal\w* )?(?:state|gosudarstvenn\w+) (?:unitary|unitarn\w+) (?:enterprise|predpri[jy]?ati\w+)\b/g, 'fgup'],
  [/\b(?:sdn|sendirian) (?:bhd|berhad)\b/g, 'ltd'],
  [/\b(?:pte|pty|pvt|private|proprietary|public) (?:ltd|limited)\b/g, 'ltd'],
  [/\bpublic limited company\b/g, 'plc'],
  [/\bgesellschaft mit beschrankter haftung\b/g, 'gmbh'],
  [/\bgmbh and co kg\b/g, 'gmbh'],
  [/\bs ?de ?rl(?: de cv)?\b|\bs de r ?l(?: de cv)?\b/g, 'srl'],
  [/\bsa de cv\b|\bsociedad anonima(?: de capital variable)?\b|\bsociete anonyme\b/g, 'sa'],
  [/\bsp z ?oo\b/g, 'spzoo'],
  [/\bltd sti\b|\blimited sirketi\b|\banonim sirketi\b/g, 'ltd'],
  [/\bkabushiki kaisha\b/g, 'kk'],
  [/\bfree zone (?:company|establishment|co|est)\b|\bfz (?:llc|co|e)\b/g, 'fze'],
];

const CJK = /(?:股份|集团)?(?:有限责任|有限)公司$|株式会社|주식회사/g;

/** Dropped wherever they stand, unless nothing would be left. */
const ANYWHERE = words('ltd limited llc inc incorporated gmbh jsc ojsc cjsc pjsc llp plc company co ooo oao fze fzc fzco dmcc pvt pte pty ltda');
/** Dropped at either end of the name. */
const AT_THE_ENDS = words('zao pao ao odo too fgup gup pt uab оао ооо зао пао ао');
/** Dropped at the end only: elsewhere, or in front, they are usually words of the name. */
const AT_THE_END = words(
  'corp corporation sa sal sas sarl srl spa sl bv nv ag kg as ab oy oyj aps ad ead ood eood doo dooel sro kft zrt spzoo sia kk lp tbk wll ksc eirl eurl cia',
);

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}

/** Puts the spellings of a legal form of several words into one word. */
export function joinLegalForms(folded: string): string {
  let text = folded;
  for (const [phrase, form] of PHRASES) text = text.replace(phrase, form);
  return text.replace(CJK, '');
}

/** The words of a name without its legal forms; all of them, where it consists of nothing else. */
export function withoutLegalForms(name: string[]): string[] {
  // `Co` in front is a surname, `Company` and the like are not asked for there either.
  let kept = name.filter((word, at) => !(ANYWHERE.has(word) && (at > 0 || word !== 'co')));
  while (kept.length > 1 && (AT_THE_ENDS.has(last(kept)) || AT_THE_END.has(last(kept)))) kept.pop();
  while (kept.length > 1 && AT_THE_ENDS.has(kept[0] as string)) kept = kept.slice(1);
  return kept.length > 0 ? kept : name;
}

function last(list: string[]): string {
  return list[list.length - 1] as string;
}
