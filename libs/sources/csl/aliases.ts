import type { Alias } from '@listory/listings';
import { inOneLine } from './addresses.js';

const FORMER = /\bf\.k\.a\./i;

/**
 * The aliases of one row: joined by `; `, some by `;` alone, the last one sometimes by `; and `. A former name may
 * stand behind the name that replaced it (`JSC NIIP, f.k.a., Otkrytoe …`, `AO X (f.k.a. Y)`): those are two aliases.
 */
export function aliasesOf(printed: string): Alias[] {
  return printed
    .split(';')
    .map((text) => inOneLine(text))
    .map((text) => (text.startsWith('and ') ? text.slice(4).trimStart() : text))
    .filter((text) => text !== '')
    .flatMap((text) => (FORMER.test(text) ? formerAndPresent(text) : [alias(text, 'a.k.a.')]));
}

function formerAndPresent(text: string): Alias[] {
  const [, present = text, opened, former = ''] = /^(.*?),?\s*(\()?\bf\.k\.a\.,?\s+(.+)$/i.exec(text) ?? [];
  const formerName = opened === undefined ? former : former.replace(/\)$/, '');
  return [alias(present, 'a.k.a.'), alias(formerName, 'f.k.a.')].filter(({ name }) => name !== '');
}

function alias(name: string, kind: Alias['kind']): Alias {
  return { name, kind, quality: null, number: null, details: {} };
}
