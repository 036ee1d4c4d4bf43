import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { archiveEdition, type ArchivedDocument } from '@listory/archive';
import { append, VersionConflictError, streamVersions } from '@listory/event-log';
import { endOfDay, isMoment, secondAfter, type Counts, type EditionRef, type Moment, type Reading } from '@listory/listings';
import { Database } from '@listory/postgres';
import { editionDateOfName, RefusedEditionError, sources, type Source, type SourceDocument } from '@listory/sources';
import { catchUpViews, knownEditions, memberListsBefore, waitingEditions, type KnownEdition } from '@listory/views';
import { compareList, type ListComparison } from './compare-list.js';
import { EditionDateError, UnknownListError } from './errors.js';
import { reasonToHold, type HoldLimits } from './hold.js';
import { Recording } from './recording.js';

/** Takes in one edition of a publication: records what it changes, or holds or refuses it. */
export class ImportEdition {
  constructor(
    /** The publication, such as `us-csl`. */
    readonly source: string,
    readonly documents: readonly SourceDocument[],
    readonly options: {
      /** Path or address it came from. */
      via: string;
      date?: string;
      /** Reason to release at once what would be held (loading history over long gaps). */
      releaseReason?: string;
      /** Given where a person releases an edition that was held. */
      release?: { reason: string; actor: string };
      limits: HoldLimits;
      /** Why the documents could not even be unpacked; they are then the packed bytes. */
      unreadable?: string;
      /** The day of fetching, which dates an edition that has no other date. */
      today: string;
    },
  ) {}
}

export type Outcome = 'baseline' | 'changed' | 'unchanged' | 'duplicate' | 'held' | 'refused';

/** What became of one edition, for one list. */
export interface ImportResult extends Counts {
  list: string;
  date: Moment | null;
  sha256: string;
  outcome: Outcome;
  /** Number of change events recorded. */
  events: number;
  /** Log position after it. */
  position: bigint;
  reason: string | null;
}

/** How often an import starts over because another one of the same list was faster. */
const ATTEMPTS = 20;

@CommandHandler(ImportEdition)
export class ImportEditionHandler implements ICommandHandler<ImportEdition, ImportResult[]> {
  constructor(private readonly database: Database) {}

  /**
   * Archives the bytes, reads them, compares them with what is known and appends the outcome in one transaction.
   * @throws UnknownListError, EditionDateError; a file that cannot be read is no error but outcome `refused`
   */
  async execute(command: ImportEdition): Promise<ImportResult[]> {
    const source = sources[command.source];
    if (!source) throw new UnknownListError(command.source, Object.keys(sources));
    if (command.options.date !== undefined && !isMoment(command.options.date)) throw new EditionDateError(command.options.date);
    const archived = await archiveEdition(this.database.pool, command.documents);
    if (command.options.unreadable) return [await this.refuse(command, archived.sha256, command.options.unreadable)];
    let reading: Reading;
    try {
      reading = source.read([...command.documents]);
    } catch (error) {
      if (!(error instanceof RefusedEditionError)) throw error;
      return [await this.refuse(command, archived.sha256, error.message)];
    }
    const date = dateOfEdition(command, reading);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.record(command, source, reading, archived, date);
      } catch (error) {
        if (!(error instanceof VersionConflictError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private async record(
    { options }: ImportEdition,
    source: Source,
    reading: Reading,
    archived: { sha256: string; documents: ArchivedDocument[] },
    date: Moment,
  ): Promise<ImportResult[]> {
    const { pool } = this.database;
    const lists = reading.lists.map((one) => one.list);
    const expected = await streamVersions(pool, lists);
    await catchUpViews(pool);
    const editions = await knownEditions(pool, lists);
    const duplicate = duplicateOf(editions, lists, archived.sha256, date);
    const edition: EditionRef = { date: duplicate ? duplicate.moment : freeMoment(date, reading.publishedOn, editions.map((one) => one.moment)), sha256: archived.sha256 };
    const recording = new Recording(expected);
    const checked = (list: string, outcome: Outcome) =>
      recording.edition('fetch.checked', edition.sha256, { list, source: source.id, edition, outcome, problem: null, via: options.via });
    if (duplicate) {
      for (const list of lists) checked(list, 'duplicate');
      const { last } = await append(pool, { expected, events: recording.events });
      await catchUpViews(pool);
      const nothing = { added: 0, removed: 0, changed: 0, events: 0 };
      return lists.map((list) => ({ list, ...edition, ...nothing, outcome: 'duplicate', position: last, reason: null }));
    }
    const comparisons: ListComparison[] = [];
    for (const one of reading.lists) {
      comparisons.push(await compareList(pool, one, edition, editions.filter((known) => known.list === one.list)));
    }
    const problem = reasonToHold(reading, comparisons, await memberListsBefore(pool, source.id, edition.date), options.limits);
    const releaseReason = options.release?.reason ?? options.releaseReason;
    const held = problem !== null && releaseReason === undefined;
    const reason = problem === null || held ? problem : `${problem}; released: ${releaseReason}`;
    const waiting = (await waitingEditions(pool, edition.sha256)).filter((one) => one.source === source.id && one.moment.startsWith(date));
    if (!held) {
      const release = options.release ?? { reason: releaseReason ?? 'nothing speaks against it any more', actor: 'import' };
      for (const one of waiting) {
        for (const list of one.lists) {
          recording.edition('edition.released', edition.sha256, { list, source: source.id, edition: { ...edition, date: one.moment }, ...release });
        }
      }
    }
    for (const comparison of comparisons) {
      if (held && waiting.length === 0) this.hold(recording, source, comparison, edition, archived.documents, problem);
      if (!held) this.change(recording, source, comparison, edition, archived.documents, reading, reason);
      checked(comparison.list, held ? 'held' : outcomeOf(comparison));
    }
    const { last } = await append(pool, { expected, events: recording.events });
    await catchUpViews(pool);
    return comparisons.map((comparison) => ({
      list: comparison.list,
      ...edition,
      outcome: held ? 'held' : outcomeOf(comparison),
      ...comparison.counts,
      events: held ? 0 : comparison.events.length,
      position: last,
      reason,
    }));
  }

  private hold(
    recording: Recording,
    source: Source,
    { list, counts }: ListComparison,
    edition: EditionRef,
    documents: ArchivedDocument[],
    problem: string,
  ): void {
    recording.edition('edition.held', edition.sha256, { list, source: source.id, edition, documents, problem, counts });
  }

  private change(
    recording: Recording,
    source: Source,
    comparison: ListComparison,
    edition: EditionRef,
    documents: ArchivedDocument[],
    reading: Reading,
    reason: string | null,
  ): void {
    const { list, counts, totals } = comparison;
    const { sections, silentOn, rows } = comparison.reading;
    for (const event of comparison.events) recording.listing(event);
    recording.edition('edition.recorded', edition.sha256, {
      list,
      source: source.id,
      edition,
      publishedOn: reading.publishedOn,
      documents,
      sections,
      silentOn,
      rows: rows.length,
      totals,
      counts,
      outcome: outcomeOf(comparison),
      reason,
    });
  }

  private async refuse({ source, options }: ImportEdition, sha256: string, problem: string): Promise<ImportResult> {
    const { pool } = this.database;
    const recording = new Recording(await streamVersions(pool, [source]));
    const date = options.date ?? editionDateOfName(options.via);
    const edition = date === null ? null : { date, sha256 };
    recording.edition('fetch.failed', sha256, { list: source, source, edition, outcome: 'refused', problem, via: options.via });
    const { last } = await append(pool, { expected: new Map([[source, 'any' as const]]), events: recording.events });
    await catchUpViews(pool);
    const counts = { added: 0, removed: 0, changed: 0, events: 0 };
    return { list: source, date, sha256, outcome: 'refused', ...counts, position: last, reason: problem };
  }
}

/** The same bytes of the same date, recorded for every one of these lists, through whichever publication. */
function duplicateOf(editions: readonly KnownEdition[], lists: readonly string[], sha256: string, date: Moment): KnownEdition | undefined {
  const same = editions.filter((one) => one.sha256 === sha256 && one.moment.startsWith(date));
  return lists.every((list) => same.some((one) => one.list === list)) ? same[0] : undefined;
}

function outcomeOf({ cause, events }: ListComparison): 'baseline' | 'changed' | 'unchanged' {
  if (cause === 'baseline') return 'baseline';
  return events.length > 0 ? 'changed' : 'unchanged';
}

/** `--date`, else the publisher's date inside the file, else that of the name, else the day of fetching. */
function dateOfEdition({ options }: ImportEdition, reading: Reading): Moment {
  return options.date ?? reading.publishedOn?.slice(0, 10) ?? editionDateOfName(options.via) ?? options.today;
}

/** The date itself; for a second edition of a day the publisher's time, else the next second: the later stands for the day. */
function freeMoment(date: Moment, publishedOn: Moment | null, taken: readonly Moment[]): Moment {
  let moment = taken.includes(date) && publishedOn?.startsWith(date) ? publishedOn : date;
  while (taken.includes(moment)) moment = secondAfter(moment);
  return moment > endOfDay(date) ? endOfDay(date) : moment;
}
