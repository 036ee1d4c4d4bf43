import type { Known } from '../../api/asking/known-at.js';
import type { Coverage, EditionUsed } from '../../api/asking/rests.js';
import { beside } from './layout.js';

const BASES: Record<string, string> = {
  observed: 'observed: the editions around that day say so',
  declared: "declared: rests on the publisher's own dates; of those removed before our first edition nothing is known",
  between: 'between: the editions around that day disagree, and the publisher gave no date',
  current: 'current: that day is after our last edition; assumed unchanged since',
  unknown: 'unknown: of a list that was asked nothing is held of that time',
};

/** What a basis means, in words. */
export function basisInWords(basis: string): string {
  return BASES[basis] ?? basis;
}

/** As known when, in words. */
export function knownInWords({ position, at }: Known): string {
  return at === null ? 'before anything was recorded' : `position ${position} of the log, recorded ${at.slice(0, 19)}Z`;
}

/** As known when, on lines of their own; and what keeps it from being newer, where something does. */
export function knownLines(knownAt: Known): string[] {
  return [beside('known at', knownInWords(knownAt), 0), ...(knownAt.notice ? [beside('notice', knownAt.notice.detail, 0)] : [])];
}

/** The foot of an answer: on what it rests. */
export function restsInWords(rests: {
  asOf?: string;
  basis?: string;
  knownAt: Known;
  coverage: readonly Coverage[];
  editions?: readonly EditionUsed[];
}): string {
  const lines = [
    ...(rests.basis ? [beside('basis', basisInWords(rests.basis), 0)] : []),
    ...knownLines(rests.knownAt),
    ...rests.coverage.map(({ list, first, last, checked, stale }, index) => {
      const before = rests.asOf !== undefined && rests.asOf < first ? '; nothing is held of that day' : '';
      const late = stale ? ', not reached for too long' : '';
      return beside(index === 0 ? 'coverage' : '', `${list} ${first} to ${last}, last fetched ${checked?.slice(0, 19) ?? 'never'}${late}${before}`, 0);
    }),
    ...(rests.coverage.length ? [] : [beside('coverage', 'none: no edition is held', 0)]),
    ...(rests.editions ?? []).map((edition, index) => beside(index === 0 ? 'editions' : '', editionInWords(edition), 0)),
  ];
  return lines.join('\n');
}

function editionInWords({ list, date, sha256, silentOn, for: groups }: EditionUsed): string {
  const silent = silentOn ? `, says nothing of ${silentOn.join(' and ')}` : '';
  const spoke = groups ? `, the last to speak of ${groups.join(' and ')}` : '';
  return `${list} ${date} ${sha256.slice(0, 12)}${silent}${spoke}`;
}
