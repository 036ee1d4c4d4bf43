import type { Command } from 'commander';
import { requireList, requireListOrCompilation } from '../../api/asking/known-lists.js';
import type { Known } from '../../api/asking/known-at.js';
import { EditionsOfList } from '../../api/editions/editions-of-list.js';
import { FetchesOfList } from '../../api/editions/fetches-of-list.js';
import { Troubles } from '../../api/editions/troubles.js';
import { ListsHeld, type ListsAnswer } from '../../api/lists/lists-held.js';
import type { Fetch, HeldEdition, RecordedEdition } from '@listory/views';
import { table } from '../output.js';
import { askAndPrint, checkUse, WHOLE, withKnownAt, type StateOptions } from '../questions.js';
import { beside, clip } from '../text/layout.js';
import { knownLines } from '../text/rests.js';

type WithKnown<T> = T & { knownAt: Known };

/** `lists`, `editions LIST`, `fetches LIST`, `held`: what is held, and what is wrong with the rest. */
export function holdingsCommands(program: Command): void {
  const lists = program
    .command('lists')
    .summary('what is held')
    .description('Every list with its coverage: first and last edition, when it was fetched last, how many listings are in effect.')
    .addHelpText('after', '\nExample:\n  listory lists');
  withKnownAt(lists).action((options: StateOptions) =>
    askAndPrint<ListsAnswer>(options, (moments) => new ListsHeld(moments), listsInWords),
  );

  const editions = program
    .command('editions')
    .summary('the recorded editions of a list')
    .description('The recorded editions of a list, the latest first, with what each of them changed.')
    .argument('<list>', 'the list, such as us-bis-el')
    .addHelpText('after', '\nExample:\n  listory editions us-bis-el');
  withKnownAt(editions).action((list: string, options: StateOptions) => {
    checkUse(editions, () => requireList(list));
    return askAndPrint<WithKnown<{ editions: RecordedEdition[] }>>(options, (moments) => new EditionsOfList(list, moments, WHOLE), editionsInWords);
  });

  const fetches = program
    .command('fetches')
    .summary('every fetch of a list')
    .description('Every fetch of a list or compilation, unchanged, refused and failed ones too, the latest first.')
    .argument('<list>', 'the list or compilation, such as us-csl')
    .addHelpText('after', '\nExample:\n  listory fetches us-csl');
  withKnownAt(fetches).action((list: string, options: StateOptions) => {
    checkUse(fetches, () => requireListOrCompilation(list));
    return askAndPrint<WithKnown<{ fetches: Fetch[] }>>(options, (moments) => new FetchesOfList(list, moments, WHOLE), fetchesInWords);
  });

  const held = program
    .command('held')
    .summary('editions that wait for a person')
    .description('Editions that wait for a person (listory release, listory discard), and the latest fetches that were refused.')
    .addHelpText('after', '\nExample:\n  listory held');
  withKnownAt(held).action((options: StateOptions) =>
    askAndPrint<WithKnown<{ held: HeldEdition[]; refused: Fetch[] }>>(options, (moments) => new Troubles(moments, 100), heldInWords),
  );
}

function listsInWords({ lists, publications, knownAt }: ListsAnswer): string {
  const failing = publications.filter((one) => one.problem !== null);
  const problems = failing.map(({ publication, fetched, problem }) => beside(publication, `last fetch ${fetched.slice(0, 19)}: ${problem}`, 2, Math.max(12, publication.length + 2)));
  const troubles = problems.length ? ['The last fetch was refused or failed:', problems.join('\n')] : [];
  const header = ['list', 'first', 'last', 'editions', 'listings', 'last fetched', 'waiting'];
  const rows = lists.map((one) => [one.list, one.first, one.last, one.editions, one.listings, one.checked?.slice(0, 19), one.waiting || '']);
  const held = lists.length ? table(header, rows) : 'Nothing is held. Take an edition in with: listory import LIST PATH';
  return [held, ...troubles, known(knownAt)].join('\n\n');
}

function editionsInWords({ editions, knownAt }: WithKnown<{ editions: RecordedEdition[] }>): string {
  const header = ['date', 'sha256', 'outcome', 'added', 'removed', 'changed', 'rows', 'names', 'addresses', 'says nothing of'];
  const rows = editions.map((one) => {
    const silent = one.silentOn.filter((group) => !group.startsWith('details.')).join(', ');
    return [one.date, one.sha256.slice(0, 12), one.outcome, one.added, one.removed, one.changed, one.rows, one.names, one.addresses, silent];
  });
  return `${table(header, rows)}\n\n${known(knownAt)}`;
}

function fetchesInWords({ fetches, knownAt }: WithKnown<{ fetches: Fetch[] }>): string {
  return `${fetchTable(fetches)}\n\n${known(knownAt)}`;
}

function heldInWords({ held, refused, knownAt }: WithKnown<{ held: HeldEdition[]; refused: Fetch[] }>): string {
  const waiting = held.filter((one) => one.decision === null);
  const parts = waiting.map((one) =>
    [
      `${one.list}  ${one.date}  ${one.sha256.slice(0, 12)}`,
      beside('held', `${one.held.at.slice(0, 19)} at position ${one.held.position}`),
      beside('problem', one.problem),
      beside('would', `add ${one.added}, remove ${one.removed}, change ${one.changed}`),
    ].join('\n'),
  );
  return [
    waiting.length ? 'Editions that wait for a person:' : 'No edition waits for a person.',
    ...parts,
    ...(refused.length ? ['The latest fetches that were refused or failed:', fetchTable(refused)] : []),
    known(knownAt),
  ].join('\n\n');
}

function fetchTable(fetches: Fetch[]): string {
  const header = ['fetched', 'list', 'outcome', 'date', 'sha256', 'from', 'problem'];
  const rows = fetches.map((one) => [one.at.slice(0, 19), one.list, one.outcome, one.date, one.sha256?.slice(0, 12), clip(one.via, 24), clip(one.problem, 30)]);
  return table(header, rows);
}

function known(knownAt: Known): string {
  return knownLines(knownAt).join('\n');
}
