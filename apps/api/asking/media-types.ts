/** One media range of an Accept header: `text/csv`, `text/*` or `*\/*`, with its weight. */
interface Range {
  type: string;
  weight: number;
}

/**
 * Which of the offered media types a client wants most (RFC 9110, 12.5.1); null where it takes none of them. A header
 * that is missing or empty takes the first. Of equal weights the type that is named outright wins, then the one
 * offered first. Parameters of a type other than its weight are put aside.
 */
export function preferredType(accept: string | undefined, offered: readonly string[]): string | null {
  if (accept === undefined || accept.trim() === '') return offered[0] ?? null;
  const ranges = accept.split(',').flatMap(rangeOf);
  let best: { type: string; weight: number; exactness: number } | null = null;
  for (const type of offered) {
    const { weight, exactness } = claimOf(type, ranges);
    if (weight === 0) continue;
    if (!best || weight > best.weight || (weight === best.weight && exactness > best.exactness)) best = { type, weight, exactness };
  }
  return best?.type ?? null;
}

/** The weight that the most exact fitting range gives to a type. */
function claimOf(type: string, ranges: readonly Range[]): { weight: number; exactness: number } {
  const forms = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const [index, form] of forms.entries()) {
    const range = ranges.find((one) => one.type === form);
    if (range) return { weight: range.weight, exactness: forms.length - index };
  }
  return { weight: 0, exactness: 0 };
}

/** Nothing for what is no media range. */
function rangeOf(text: string): Range[] {
  const [type = '', ...parameters] = text.split(';').map((one) => one.trim().toLowerCase());
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return [];
  const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
  if (weight === undefined) return [{ type, weight: 1 }];
  return /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? [{ type, weight: Number(weight) }] : [];
}
