import type { ArchivedDocument } from '@listory/archive';
import type { Counts, EditionRef, ListId, Moment } from '@listory/listings';
import type { WaitingEdition } from '@listory/views';
import type { ListComparison } from './compare-list.js';
import { reasonToHold, type HoldLimits } from './hold.js';
import type { Recording } from './recording.js';

export type Outcome = 'baseline' | 'changed' | 'unchanged' | 'duplicate' | 'held' | 'refused';

/** All that decides what becomes of an edition. */
export interface EditionInQuestion {
  source: string;
  /** The lists that it speaks of. */
  lists: readonly ListId[];
  publishedOn: Moment | null;
  edition: EditionRef;
  documents: readonly ArchivedDocument[];
  /** Path or address it came from. */
  via: string;
  /** What recording it would change, for each list of which these bytes are not recorded at that moment. */
  comparisons: readonly ListComparison[];
  /** The member lists that the edition of this publication before it had. */
  memberListsBefore: readonly ListId[];
  /** Where these very bytes of this date wait for a person already. */
  waiting: readonly WaitingEdition[];
  limits: HoldLimits;
  /** Given where it is released at once, or by a person. */
  release: { reason: string; actor: string } | null;
}

/** What became of an edition for one list. */
export interface ListOutcome extends Counts {
  list: ListId;
  date: Moment;
  sha256: string;
  outcome: Outcome;
  /** Number of change events. */
  events: number;
  reason: string | null;
}

/**
 * Decides whether an edition is recorded, held, or known already, and notes down in `recording` the events that say so.
 * Reads and writes nothing else.
 * @returns the outcome for each list of the edition
 */
export function decideEdition(question: EditionInQuestion, recording: Recording): ListOutcome[] {
  const { comparisons, memberListsBefore, limits, release, waiting } = question;
  const missing = memberListsBefore.filter((list) => !question.lists.includes(list));
  const problem = comparisons.length > 0 ? reasonToHold(comparisons, missing, limits) : null;
  const held = problem !== null && release === null;
  const reason = problem === null || held ? problem : `${problem}; released: ${release!.reason}`;
  if (!held) noteRelease(question, recording);
  return question.lists.map((list) => {
    const comparison = comparisons.find((one) => one.list === list);
    if (!comparison) return noteDuplicate(question, list, recording);
    if (held && waiting.length === 0) noteHeld(question, comparison, problem, recording);
    if (!held) noteChange(question, comparison, reason, recording);
    const outcome = held ? 'held' : outcomeOf(comparison);
    noteFetch(question, list, outcome, recording);
    const events = held ? 0 : comparison.events.length;
    return { list, ...question.edition, outcome, ...comparison.counts, events, reason };
  });
}

/** The edition waits no more, wherever these bytes of this date waited. */
function noteRelease({ source, edition, waiting, release }: EditionInQuestion, recording: Recording): void {
  const by = release ?? { reason: 'nothing speaks against it any more', actor: 'import' };
  for (const { lists, moment } of waiting) {
    for (const list of lists) {
      recording.edition('edition.released', edition.sha256, { list, source, edition: { ...edition, date: moment }, ...by });
    }
  }
}

function noteDuplicate(question: EditionInQuestion, list: ListId, recording: Recording): ListOutcome {
  noteFetch(question, list, 'duplicate', recording);
  return { list, ...question.edition, outcome: 'duplicate', added: 0, removed: 0, changed: 0, events: 0, reason: null };
}

function noteHeld({ source, edition, documents }: EditionInQuestion, { list, counts }: ListComparison, problem: string, recording: Recording): void {
  recording.edition('edition.held', edition.sha256, { list, source, edition, documents: [...documents], problem, counts });
}

function noteChange({ source, edition, documents, publishedOn }: EditionInQuestion, comparison: ListComparison, reason: string | null, recording: Recording): void {
  const { list, counts, totals, sections, silentOn, rows, events } = comparison;
  for (const event of events) recording.listing(event);
  recording.edition('edition.recorded', edition.sha256, {
    list,
    source,
    edition,
    publishedOn,
    documents: [...documents],
    sections,
    silentOn: [...silentOn],
    rows,
    totals,
    counts,
    outcome: outcomeOf(comparison),
    reason,
  });
}

function noteFetch({ source, edition, via }: EditionInQuestion, list: ListId, outcome: Outcome, recording: Recording): void {
  recording.edition('fetch.checked', edition.sha256, { list, source, edition, outcome, problem: null, via });
}

function outcomeOf({ cause, events }: ListComparison): 'baseline' | 'changed' | 'unchanged' {
  if (cause === 'baseline') return 'baseline';
  return events.length > 0 ? 'changed' : 'unchanged';
}
