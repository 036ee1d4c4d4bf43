import { canonicalJson } from '../canonical.js';
import type { Json } from '../listing.js';
import { editorial, substantive, type Classification } from './classification.js';
import { classifyLicenceText } from './licence.js';
import { classifyText } from './text.js';

type JsonObject = { [key: string]: Json };

/**
 * Whether a change of a field that is no plain text is only one of writing. Lists count as sets: their order and an
 * element said twice mean nothing. Objects are compared key by key. Citations are the same when volume and page are
 * and no other date is given; licence texts by their own rule (`classifyLicenceText`).
 */
export function classifyJson(before: Json, after: Json): Classification {
  if (isEmpty(before) && isEmpty(after)) return editorial('nothing in either');
  if (isEmpty(before) || isEmpty(after)) return substantive(isEmpty(before) ? 'there was nothing' : 'all of it went');
  if (canonicalJson(before) === canonicalJson(after)) return editorial('no change');
  if (typeof before === 'string' && typeof after === 'string') return classifyText(before, after);
  if (Array.isArray(before) && Array.isArray(after)) return classifySets(before, after);
  if (isObject(before) && isObject(after)) return classifyObjects(before, after);
  return substantive(`${shown(before)} became ${shown(after)}`);
}

function classifySets(before: Json[], after: Json[]): Classification {
  const have = (list: Json[]) => new Set(list.map(canonicalJson));
  const [then, now] = [have(before), have(after)];
  const came = after.filter((one) => !then.has(canonicalJson(one)));
  const reasons = new Set<string>();
  const went = before.filter((one) => {
    if (now.has(canonicalJson(one))) return false;
    const like = (other: Json) => classifyJson(one, other);
    // What a new element says otherwise may have stood in the old set all the same.
    const writing = [...came, ...after].map(like).find((found) => found.class === 'editorial');
    if (writing) reasons.add(writing.reason);
    return writing === undefined;
  });
  const added = came.filter((one) => !before.some((other) => classifyJson(other, one).class === 'editorial'));
  if (went.length > 0) return substantive(`went: ${went.map(shown).join('; ')}${came.length > 0 ? `, came: ${came.map(shown).join('; ')}` : ''}`);
  if (added.length > 0) return substantive(`came: ${added.map(shown).join('; ')}`);
  return editorial(reasons.size > 0 ? [...reasons].join(', ') : 'order, or the same said twice');
}

function classifyObjects(before: JsonObject, after: JsonObject): Classification {
  if (isCitation(before) && isCitation(after)) {
    const dates = [before.date ?? null, after.date ?? null];
    return before.volume === after.volume && before.page === after.page && (dates[0] === dates[1] || dates.includes(null))
      ? editorial('the same page of the Federal Register')
      : substantive(`${shown(before)} became ${shown(after)}`);
  }
  const licence = 'footnotes' in before && 'footnotes' in after;
  const reasons: string[] = [];
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [one, other] = [before[key] ?? null, after[key] ?? null];
    if (canonicalJson(one) === canonicalJson(other)) continue;
    const found = licence && typeof one === 'string' && typeof other === 'string' ? classifyLicenceText(one, other) : classifyJson(one, other);
    if (found.class === 'substantive') return substantive(`${key}: ${found.reason}`);
    reasons.push(`${key}: ${found.reason}`);
  }
  return editorial(reasons.join(', ') || 'no change');
}

function isCitation(value: JsonObject): boolean {
  return typeof value.volume === 'number' && typeof value.page === 'number';
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: Json): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function shown(value: Json): string {
  if (isObject(value) && typeof value.text === 'string') return value.text;
  return typeof value === 'string' ? value : canonicalJson(value).slice(0, 120);
}
