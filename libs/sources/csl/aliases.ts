import type { Alias } from '@listory/listings';
import { inOneLine } from './addresses.js';

/**
 * The aliases of one row: joined by `; `, some by `;` alone, the last one sometimes by `; and `. A former name may
 * stand behind the name that replaced it (`JSC NIIP, f.k.a., Otkrytoe …`, `AO X (f.k.a. Y)`): those are two aliases.
 */
export function aliasesOf(printed: string): Alias[] {
  return printed
    .split(';')
    .map((text) => inOneLine(text).replace(/^and\s+/, ''))
    .filter((text) => text !== '')
    .flatMap((text) => {
      const [, name = text, opened, former] = /^(.*?),?\s*(\()?\bf\.k\.a\.,?\s+(.+)$/i.exec(text) ?? [];
      const formerName = opened === undefined ? former : former?.replace(/\)$/, '');
      return [alias(name, 'a.k.a.'), alias(formerName ?? '', 'f.k.a.')].filter((one) => one.name !== '');
    });
}

function alias(name: string, kind: Alias['kind']): Alias {
  return { name, kind, quality: null, number: null, details: {} };
}
