import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { archiveEdition } from '@listory/archive';
import { append, VersionConflictError, streamVersions } from '@listory/event-log';
import { isMoment, type Moment } from '@listory/listings';
import { Database } from '@listory/postgres';
import { editionDateOfName, RefusedEditionError, sources, type Source, type SourceDocument } from '@listory/sources';
import { catchUpViews, knownEditions, listsOfBytes, memberListsBefore, waitingEditions } from '@listory/views';
import { compareList, type ListComparison } from './compare-list.js';
import { decideEdition, type EditionInQuestion, type ListOutcome } from './decide-edition.js';
import { EditionDateError, UnknownListError } from './errors.js';
import type { HoldLimits } from './hold.js';
import { placeEdition, type EditionPlace } from './place-edition.js';
import { Recording } from './recording.js';
import { comparedAsRepeated, latestOfBytes } from './repeated-edition.js';

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

type Archived = Awaited<ReturnType<typeof archiveEdition>>;
type Compared = Pick<EditionInQuestion, 'source' | 'lists' | 'publishedOn' | 'edition' | 'documents' | 'comparisons'>;

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
    for (let attempt = 1; ; attempt++) {
      try {
        const results = await this.record(command, source, archived);
        await catchUpViews(this.database.pool);
        return results;
      } catch (error) {
        if (error instanceof RefusedEditionError) return [await this.refuse(command, archived.sha256, error.message)];
        if (!(error instanceof VersionConflictError) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Appends what becomes of the edition. What it read is let go before the views follow: that halves the memory. */
  private async record(command: ImportEdition, source: Source, archived: Archived): Promise<ImportResult[]> {
    const { pool } = this.database;
    await catchUpViews(pool);
    const repeated = await this.recordRepeated(command, source, archived);
    if (repeated) return repeated;
    const { lists: readings, publishedOn } = source.read([...command.documents]);
    const lists = readings.map((one) => one.list);
    const expected = await streamVersions(pool, lists);
    await catchUpViews(pool);
    const editions = await knownEditions(pool, lists);
    const place = placeEdition(dateOfEdition(command, publishedOn), publishedOn, archived.sha256, editions);
    const edition = { date: place.moment, sha256: archived.sha256 };
    const comparisons: ListComparison[] = [];
    for (const one of readings) {
      if (place.recorded.has(one.list)) continue;
      comparisons.push(await compareList(pool, one, edition, editions.filter((known) => known.list === one.list)));
    }
    return this.decide(command, { source: source.id, lists, publishedOn, edition, documents: archived.documents, comparisons }, place, expected);
  }

  /** The short way where the latest edition has the same bytes: that they say nothing new needs no reading. */
  private async recordRepeated(command: ImportEdition, source: Source, archived: Archived): Promise<ImportResult[] | null> {
    const { pool } = this.database;
    const { sha256, documents } = archived;
    const lists = await listsOfBytes(pool, source.id, sha256);
    const expected = await streamVersions(pool, lists);
    const latest = await latestOfBytes(pool, source.id, sha256, lists);
    const [first] = latest;
    const date = dateOfEdition(command, first?.publishedOn ?? null);
    if (!first || date <= first.moment) return null;
    const edition = { date, sha256 };
    const comparisons = latest.map((one) => comparedAsRepeated(edition, one));
    const question = { source: source.id, lists, publishedOn: first.publishedOn, edition, documents, comparisons };
    return this.decide(command, question, { moment: date, recorded: new Set(), tried: [date] }, expected);
  }

  private async decide({ options }: ImportEdition, question: Compared, place: EditionPlace, expected: Map<string, bigint>): Promise<ImportResult[]> {
    const { pool } = this.database;
    const { source, edition } = question;
    const { via, limits, releaseReason } = options;
    const release = options.release ?? (releaseReason === undefined ? null : { reason: releaseReason, actor: 'import' });
    const waiting = (await waitingEditions(pool, edition.sha256)).filter((one) => one.source === source && place.tried.includes(one.moment));
    const memberLists = await memberListsBefore(pool, source, edition.date);
    const recording = new Recording(expected);
    const outcomes = decideEdition({ ...question, via, waiting, limits, release, memberListsBefore: memberLists }, recording);
    const { last } = await append(pool, { expected, events: recording.events });
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
function dateOfEdition({ options }: ImportEdition, publishedOn: Moment | null): Moment {
  return options.date ?? publishedOn?.slice(0, 10) ?? editionDateOfName(options.via) ?? options.today;
}
