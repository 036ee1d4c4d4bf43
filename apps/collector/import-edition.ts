import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { archiveEdition, type ArchivedDocument } from '@listory/archive';
import { append, VersionConflictError, streamVersions } from '@listory/event-log';
import { isMoment, type Moment, type Reading } from '@listory/listings';
import { Database } from '@listory/postgres';
import { editionDateOfName, RefusedEditionError, sources, type Source, type SourceDocument } from '@listory/sources';
import { catchUpViews, knownEditions, memberListsBefore, waitingEditions } from '@listory/views';
import { compareList, type ListComparison } from './compare-list.js';
import { decideEdition, type ListOutcome } from './decide-edition.js';
import { EditionDateError, UnknownListError } from './errors.js';
import type { HoldLimits } from './hold.js';
import { placeEdition } from './place-edition.js';
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

/** What became of one edition, for one list. */
export interface ImportResult extends Omit<ListOutcome, 'date'> {
  /** Null where it could not be read and no date was given. */
  date: Moment | null;
  /** Log position after it. */
  position: bigint;
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
    { sha256, documents }: { sha256: string; documents: ArchivedDocument[] },
    date: Moment,
  ): Promise<ImportResult[]> {
    const { pool } = this.database;
    const lists = reading.lists.map((one) => one.list);
    const expected = await streamVersions(pool, lists);
    await catchUpViews(pool);
    const editions = await knownEditions(pool, lists);
    const place = placeEdition(date, reading.publishedOn, sha256, editions);
    const edition = { date: place.moment, sha256 };
    const comparisons: ListComparison[] = [];
    for (const one of reading.lists) {
      if (place.recorded.has(one.list)) continue;
      comparisons.push(await compareList(pool, one, edition, editions.filter((known) => known.list === one.list)));
    }
    const { via, limits, releaseReason } = options;
    const release = options.release ?? (releaseReason === undefined ? null : { reason: releaseReason, actor: 'import' });
    const waiting = (await waitingEditions(pool, sha256)).filter((one) => one.source === source.id && place.tried.includes(one.moment));
    const about = { source: source.id, reading, edition, documents, via, comparisons, waiting, limits, release };
    const recording = new Recording(expected);
    const outcomes = decideEdition({ ...about, memberListsBefore: await memberListsBefore(pool, source.id, edition.date) }, recording);
    const { last } = await append(pool, { expected, events: recording.events });
    await catchUpViews(pool);
    return outcomes.map((outcome) => ({ ...outcome, position: last }));
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

/** `--date`, else the publisher's date inside the file, else that of the name, else the day of fetching. */
function dateOfEdition({ options }: ImportEdition, reading: Reading): Moment {
  return options.date ?? reading.publishedOn?.slice(0, 10) ?? editionDateOfName(options.via) ?? options.today;
}
