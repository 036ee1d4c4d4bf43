import { createHash } from 'node:crypto';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DocumentMissingError, readDocument } from '@listory/archive';
import { append, streamVersions } from '@listory/event-log';
import { DownloadFailed, fetchParts, knownParts, PartsDoNotBelongTogether, rememberParts, type FetchedPart, type Patience } from '@listory/fetching';
import { Database } from '@listory/postgres';
import { sources, type Source } from '@listory/sources';
import { catchUpViews } from '@listory/views';
import { UnknownListError } from './errors.js';
import type { HoldLimits } from './hold.js';
import { ImportEdition, type ImportResult } from './import-edition.js';
import { Recording } from './recording.js';

/** Fetches the present edition of a publication from its publisher, and takes it in. */
export class FetchSource {
  constructor(
    readonly source: string,
    readonly options: {
      limits: HoldLimits;
      /** Other addresses than the publisher's: by `list/part`. */
      urls: ReadonlyMap<string, string>;
      signal: AbortSignal;
      patience?: Partial<Patience>;
      today: string;
    },
  ) {}
}

const nothingKnown = (address: { part: string; url: string }) => ({ ...address, etag: null, lastModified: null, sha256: null });

/** How a fetch went. `reached`: what came could be read as this publication. `retryAfterMs`: how long the publisher asks to wait. */
export type FetchOutcome = { reached: true; results: ImportResult[] } | { reached: false; problem: string; retryAfterMs: number | null };

@CommandHandler(FetchSource)
export class FetchSourceHandler implements ICommandHandler<FetchSource, FetchOutcome> {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
  ) {}

  /**
   * What has not changed is recorded, too: the same bytes on another day extend what is covered. So is a failure.
   * What the next fetch has to know is stored last: killed before that, it fetches the same once more, which changes nothing.
   * @throws UnknownListError, and what the database throws
   */
  async execute({ source: name, options }: FetchSource): Promise<FetchOutcome> {
    const source = sources[name];
    if (!source) throw new UnknownListError(name, Object.keys(sources));
    const { pool } = this.database;
    const { signal, patience, limits, today } = options;
    const addresses = source.urls.map(({ part, url }) => ({ part, url: options.urls.get(`${name}/${part}`) ?? url }));
    const via = addresses[0]!.url;
    try {
      const parts = await fetchParts(name, await knownParts(pool, name, addresses), { signal, redirectHosts: source.redirectHosts, ...(patience && { patience }) });
      const whole = await Promise.all(parts.map((part) => this.withBytes(part)));
      const documents = whole.map(({ part, bytes }) => ({ name: part, bytes }));
      const results = await this.commands.execute<ImportEdition, ImportResult[]>(new ImportEdition(name, documents, { via, limits, today }));
      const refused = results.find(({ outcome }) => outcome === 'refused');
      if (refused) return { reached: false, problem: refused.reason ?? `${name} refused`, retryAfterMs: null };
      await rememberParts(pool, name, whole);
      return { reached: true, results };
    } catch (error) {
      // A database restored without its archive: the next fetch asks for everything.
      if (error instanceof DocumentMissingError) await rememberParts(pool, name, addresses.map(nothingKnown));
      if (signal.aborted || !(error instanceof DownloadFailed || error instanceof PartsDoNotBelongTogether)) throw error;
      await this.recordFailure(source, via, error.message);
      return { reached: false, problem: error.message, retryAfterMs: error instanceof DownloadFailed ? error.retryAfterMs : null };
    }
  }

  /** Of a part that has not changed, the archive has the bytes. */
  private async withBytes(part: FetchedPart): Promise<FetchedPart & { bytes: Buffer; sha256: string }> {
    if (part.bytes) return { ...part, bytes: part.bytes, sha256: createHash('sha256').update(part.bytes).digest('hex') };
    const bytes = await readDocument(this.database.pool, part.sha256!);
    return { ...part, bytes, sha256: part.sha256! };
  }

  private async recordFailure({ id }: Source, via: string, problem: string): Promise<void> {
    const { pool } = this.database;
    const recording = new Recording(await streamVersions(pool, [id]));
    recording.edition('fetch.failed', id, { list: id, source: id, edition: null, outcome: 'failed', problem, via });
    await append(pool, { expected: new Map([[id, 'any' as const]]), events: recording.events });
    await catchUpViews(pool);
  }
}
