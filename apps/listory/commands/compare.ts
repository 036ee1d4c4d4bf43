import type { Command } from 'commander';
import { knownBy } from '../../api/asking/known-at.js';
import { toJson, type JsonText } from '../../api/asking/json-text.js';
import { requireList } from '../../api/asking/known-lists.js';
import { CompareStates, type Change, type ChangesAnswer } from '../../api/lists/compare-states.js';
import type { Moments } from '../../api/asking/answerer.js';
import { readConfig } from '../config.js';
import { EXIT, print } from '../output.js';
import { checkUse, dateArgument, knownArgument, momentsOf, withStateOptions, type StateOptions } from '../questions.js';
import { inReadingSession, type Session } from '../session.js';
import { beside, clip, WIDTH } from '../text/layout.js';
import type { ShownListing } from '../text/listing.js';
import { basisInWords, knownInWords, restsInWords } from '../text/rests.js';
import { shown } from './history.js';

interface Options extends StateOptions {
  known?: string[];
}

/** `compare LIST D1 D2`, `compare LIST --as-of D --known K1 K2`. */
export function compareCommand(program: Command): void {
  const command = program
    .command('compare')
    .summary('what differs between two days, or two states of knowledge')
    .description('What differs between two days of a list, as known at one instant; or, of one day, between what was known at two instants.')
    .argument('<list>', 'the list, such as us-bis-el')
    .argument('[from]', 'the earlier day', dateArgument)
    .argument('[to]', 'the later day', dateArgument)
    .option('--known <instants...>', 'two states of knowledge: instants or positions, the earlier first', (text, all: string[] = []) => [...all, knownArgument(text)])
    .addHelpText(
      'after',
      '\nExamples:\n  listory compare us-bis-el 2022-05-06 2025-11-08\n  listory compare us-bis-el --as-of 2025-03-25 --known @5 @12',
    );
  withStateOptions(command).action(async (list: string, from: string | undefined, to: string | undefined, options: Options) => {
    checkUse(command, () => requireList(list));
    const wrong = misuse(from, to, options);
    if (wrong) command.error(`error: ${wrong}`, { exitCode: EXIT.wrongUse });
    await inReadingSession(readConfig(), async (session) => {
      const [earlier, later] = await statesOf(session, from, to, options);
      const answer = await session.queries.execute<CompareStates, ChangesAnswer>(new CompareStates(list, earlier, later));
      await print(options.json ? toJson(answer) : inWords(answer));
    });
  });
}

function misuse(from: string | undefined, to: string | undefined, { asOf, known, knownAt }: Options): string | null {
  if (known === undefined) {
    if (from === undefined || to === undefined) return 'give two days, or --as-of and --known with two states of knowledge.';
    return asOf === undefined ? null : '--as-of goes with --known; two days are given already.';
  }
  if (from !== undefined) return '--known compares two states of knowledge of one day: give --as-of instead of days.';
  if (known.length !== 2) return '--known takes two states of knowledge, such as --known @5 @12.';
  if (knownAt !== undefined) return '--known-at goes with two days; two states of knowledge are given already.';
  return asOf === undefined ? '--known needs --as-of: the day whose two states of knowledge are compared.' : null;
}

async function statesOf(session: Session, from: string | undefined, to: string | undefined, options: Options): Promise<[Moments, Moments]> {
  if (options.known === undefined) {
    const moments = await momentsOf(session, { ...options, asOf: to! });
    return [{ ...moments, asOf: from! }, moments];
  }
  const [earlier, later] = await Promise.all(options.known.map((known) => knownBy(session.database.pool, known)));
  return [{ asOf: options.asOf!, knownAt: earlier! }, { asOf: options.asOf!, knownAt: later! }];
}

function inWords(answer: ChangesAnswer): string {
  const { added, removed, changed } = answer.counts;
  const named = (sign: string) => (json: JsonText) => {
    const { id, name, listedFrom, listedUntil } = json.parsed<ShownListing>();
    return clip(`${sign} ${listedUntil && sign === '-' ? listedUntil : listedFrom}  ${id.padEnd(28)} ${name}`, WIDTH);
  };
  const parts = [
    `${answer.list}: ${added} added, ${removed} removed, ${changed} changed`,
    ...block([...answer.added.map(named('+')), ...answer.removed.map(named('-'))]),
    ...changesByListing(answer.changed),
    ...(['from', 'to'] as const).map((side) => {
      const state = answer[side];
      return beside(side, `${state.asOf} (${basisInWords(state.basis)}), as known at ${knownInWords(state.knownAt)}`, 0);
    }),
    restsInWords(answer),
  ];
  return parts.join('\n\n');
}

/** Each listing once, with all that changed of it. */
function changesByListing(changes: readonly Change[]): string[] {
  const blocks = new Map<string, string[]>();
  for (const change of changes) {
    const lines = blocks.get(change.listing) ?? [clip(`~ ${change.listing.padEnd(28)} ${change.name}`, WIDTH)];
    lines.push(
      beside(clip(change.field, 16), `${change.type}, ${change.class}${change.reason ? `: ${change.reason}` : ''}`, 2, 18),
      ...(change.before === null ? [] : [beside('before', shown(change.before), 4, 16)]),
      ...(change.after === null ? [] : [beside('after', shown(change.after), 4, 16)]),
    );
    blocks.set(change.listing, lines);
  }
  return [...blocks.values()].map((lines) => lines.join('\n'));
}

function block(lines: string[]): string[] {
  return lines.length ? [lines.join('\n')] : [];
}
