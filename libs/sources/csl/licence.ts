import type { Licence } from '@listory/listings';

/**
 * A footnote's number is printed after a bracket or after `EAR`, with or without a blank, comma or full stop between:
 * `§§ 734.9(g),3 746.8(a)(3)`, `734.9(g)3, 746.8`, `§734.9(g), 3 §746.8`, `of the EAR)4.`, `of the EAR2`.
 */
const FOOTNOTE = /(?:\)|\bEAR)[,.]?\s*([1-5])(?=[\s,.;)]|$)(?!\.\d)/g;

/** The licence requirement and policy of a row of the Entity List or the Military End User List. */
export function licenceOf(requirement: string | null, policy: string | null): Licence | null {
  if (requirement === null && policy === null) return null;
  const footnotes = new Set([...(requirement ?? '').matchAll(FOOTNOTE)].map(([, number = '']) => number));
  return { requirement, policy, footnotes: [...footnotes].toSorted() };
}
