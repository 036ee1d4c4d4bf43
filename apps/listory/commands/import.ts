import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { isMoment } from '@listory/listings';
import { EDITION_LIMITS, editionDateOfName, openEdition, sources, UnreadableEditionError, type SourceDocument } from '@listory/sources';
import { ImportEdition, type ImportResult } from '../../collector/import-edition.js';
import { EditionDateError, UnknownListError } from '../../collector/errors.js';
import { EXIT, jsonLine, print, table } from '../output.js';
import { inSession, type Session } from '../session.js';
import { readConfig } from '../config.js';

interface ImportOptions {
  date?: string;
  releaseHeld?: boolean;
  reason?: string;
  json?: boolean;
}

/** `import LIST PATH…`: takes editions in, oldest first. */
export function importCommand(program: Command): void {
  program
    .command('import')
    .summary('take in editions of a list')
    .description(
      `Takes in editions of a list: each PATH is one edition, a file or a folder whose files form it (.gz and .zip are read).\n` +
        `Lists: ${Object.keys(sources).join(', ')}.\n` +
        'Its date is --date, else the date inside the file (un-sc), else the one in the name (2025-03-25, 20250325), else today.\n' +
        'Exit status 3: done, but at least one edition is held for a person (see: listory held).',
    )
    .argument('<list>', 'the list or compilation, such as us-bis-el')
    .argument('<path...>', 'editions; the oldest by date is taken first')
    .option('--date <date>', 'date of the edition, YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ (one PATH only)')
    .option('--release-held', 'release at once what would be held; needs --reason')
    .option('--reason <reason>', 'why, recorded with the edition')
    .option('--json', 'one JSON document a line')
    .action(async (list: string, paths: string[], options: ImportOptions, command: Command) => {
      const usage = misuse(list, paths, options);
      if (usage) command.error(`error: ${usage}`, { exitCode: EXIT.wrongUse });
      process.exitCode = await inSession(readConfig(), (session) => importAll(session, list, paths, options));
    });
}

function misuse(list: string, paths: string[], { date, releaseHeld, reason }: ImportOptions): string | null {
  if (!sources[list]) return new UnknownListError(list, Object.keys(sources)).message;
  if (date !== undefined && !isMoment(date)) return new EditionDateError(date).message;
  if (date !== undefined && paths.length > 1) return '--date dates one edition, but several PATHs are given.';
  if (releaseHeld && !reason) return '--release-held needs --reason: it is recorded with each edition that it releases.';
  if (reason && !releaseHeld) return '--reason goes with --release-held.';
  return null;
}

async function importAll(session: Session, list: string, paths: string[], options: ImportOptions): Promise<number> {
  const results: ImportResult[] = [];
  const oldestFirst = [...paths].sort((a, b) => ((editionDateOfName(a) ?? '') < (editionDateOfName(b) ?? '') ? -1 : 1));
  for (const [index, path] of oldestFirst.entries()) {
    if (process.stderr.isTTY || paths.length > 1) process.stderr.write(`${index + 1}/${paths.length} ${path}\n`);
    const taken = await importOne(session, list, path, options);
    results.push(...taken);
    if (options.json) for (const result of taken) await print(jsonLine(lineOf(result)));
  }
  if (!options.json) await print(tableOf(results));
  if (results.some((result) => result.outcome === 'refused')) return EXIT.failed;
  return results.some((result) => result.outcome === 'held') ? EXIT.held : EXIT.done;
}

async function importOne(session: Session, list: string, path: string, options: ImportOptions): Promise<ImportResult[]> {
  const { documents, unreadable } = await openOrRead(fromWhereAsked(path));
  const today = new Date().toISOString().slice(0, 10);
  const results = await session.commands.execute<ImportEdition, ImportResult[]>(
    new ImportEdition(list, documents, {
      via: path,
      limits: session.config.holdLimits,
      today,
      ...(unreadable === null ? {} : { unreadable }),
      ...(options.date === undefined ? {} : { date: options.date }),
      ...(options.releaseHeld ? { releaseReason: options.reason! } : {}),
    }),
  );
  if (options.date === undefined && editionDateOfName(path) === null && results.some(({ date }) => date === today)) {
    process.stderr.write(`note: ${path} has no date in its name, so it counts as the edition of today, ${today}. If it is older, say so with --date.\n`);
  }
  return results;
}

/** npm runs scripts in the folder of the package; a relative path is meant from where the command was given. */
function fromWhereAsked(path: string): string {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env;
  return script === 'listory' && INIT_CWD ? resolve(INIT_CWD, path) : path;
}

/** The unpacked documents; or, of a file that cannot be unpacked, the bytes as they are and what is wrong with them. */
async function openOrRead(path: string): Promise<{ documents: SourceDocument[]; unreadable: string | null }> {
  try {
    return { documents: await openEdition(path), unreadable: null };
  } catch (error) {
    const file = error instanceof UnreadableEditionError ? await stat(path).catch(() => null) : null;
    if (!file?.isFile()) throw error;
    const bytes = file.size <= EDITION_LIMITS.bytes ? await readFile(path) : Buffer.alloc(0);
    return { documents: [{ name: basename(path), bytes }], unreadable: (error as Error).message };
  }
}

function lineOf({ list, date, sha256, outcome, added, removed, changed, events, position, reason }: ImportResult) {
  return { list, date, sha256, outcome, added, removed, changed, events, position, reason };
}

function tableOf(results: ImportResult[]): string {
  const header = ['list', 'date', 'sha256', 'outcome', 'added', 'removed', 'changed', 'events', 'position', 'reason'];
  return table(
    header,
    results.map((one) => [one.list, one.date, one.sha256.slice(0, 12), one.outcome, one.added, one.removed, one.changed, one.events, one.position, one.reason]),
  );
}
