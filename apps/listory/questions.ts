import { InvalidArgumentError, type Command } from 'commander';
import { isDate } from '@listory/listings';
import { instantOf } from '@listory/views';
import { toJson } from '../api/asking/json-text.js';
import { knownBy } from '../api/asking/known-at.js';
import { today, type Moments, type Page } from '../api/asking/answerer.js';
import { Problem } from '../api/problems.js';
import { readConfig } from './config.js';
import { EXIT, print } from './output.js';
import { inReadingSession, type Session } from './session.js';

/** Options that every question about a state takes. */
export interface StateOptions {
  asOf?: string;
  knownAt?: string;
  json?: boolean;
}

/** Everything on one page. */
export const WHOLE: Page = { limit: 1_000_000, after: null, total: null };

/** Adds `--as-of`, `--known-at` and `--json`. */
export function withStateOptions(command: Command): Command {
  command.option('--as-of <date>', 'the state at the end of this day, YYYY-MM-DD (default: today, UTC)', dateArgument);
  return withKnownAt(command);
}

/** Adds `--known-at` and `--json`. */
export function withKnownAt(command: Command): Command {
  return command
    .option('--known-at <instant>', 'as known at this instant (2026-11-23T15:00:00Z) or log position (@12345); default: now', knownArgument)
    .option('--json', 'the answer as one JSON document, the same as over HTTP');
}

/** A date on the command line. */
export function dateArgument(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('It has to be a date of the calendar, such as 2025-03-25.');
  return text;
}

/** An instant or a position on the command line. */
export function knownArgument(text: string): string {
  if (/^@\d{1,19}$/.test(text)) return text;
  try {
    instantOf(text);
    return text;
  } catch {
    throw new InvalidArgumentError('It has to be an instant such as 2026-11-23T15:00:00Z, or a position such as @12345.');
  }
}

/** A number of rows on the command line. */
export function countArgument(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It has to be a whole number.');
  return Number(text);
}

/** Ends the command as wrongly used where `check` finds a problem; nothing is opened before. */
export function checkUse<T>(command: Command, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return command.error(`error: ${error.message}`, { exitCode: EXIT.wrongUse });
  }
}

/** As of when and as known when, decided once. */
export async function momentsOf({ database }: Session, { asOf, knownAt }: Pick<StateOptions, 'asOf' | 'knownAt'>): Promise<Moments> {
  return { asOf: asOf ?? today(), knownAt: await knownBy(database.pool, knownAt) };
}

/** Asks one question and prints its answer: as JSON, or in words. */
export async function askAndPrint<A>(
  options: StateOptions,
  questionFor: (moments: Moments) => object,
  inWords: (answer: A) => string,
): Promise<void> {
  await inReadingSession(readConfig(), async (session) => {
    const moments = await momentsOf(session, options);
    const answer = await session.queries.execute<object, A>(questionFor(moments));
    await print(options.json ? toJson(answer) : inWords(answer));
  });
}
