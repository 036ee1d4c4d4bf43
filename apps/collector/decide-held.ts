import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { readDocument } from '@listory/archive';
import { append, streamVersions } from '@listory/event-log';
import { Database } from '@listory/postgres';
import { catchUpViews, waitingEditions, type WaitingEdition } from '@listory/views';
import type { Pool } from 'pg';
import { AmbiguousEditionError, NotHeldError } from './errors.js';
import type { HoldLimits } from './hold.js';
import { ImportEdition, type ImportResult } from './import-edition.js';
import { Recording } from './recording.js';

/** Records an edition that was held, because a person says that it is right. */
export class ReleaseEdition {
  constructor(
    /** Its sha256, or the first digits of it. */
    readonly edition: string,
    readonly reason: string,
    readonly actor: string,
    readonly options: { date?: string; limits: HoldLimits; today: string },
  ) {}
}

@CommandHandler(ReleaseEdition)
export class ReleaseEditionHandler implements ICommandHandler<ReleaseEdition, ImportResult[]> {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandBus,
  ) {}

  /** @throws NotHeldError, AmbiguousEditionError */
  async execute({ edition, reason, actor, options }: ReleaseEdition): Promise<ImportResult[]> {
    const { pool } = this.database;
    const waiting = await waitingEdition(pool, edition, options.date);
    const documents = await Promise.all(
      waiting.documents.map(async ({ name, sha256 }) => ({ name, bytes: await readDocument(pool, sha256) })),
    );
    const { limits, today } = options;
    const release = { reason, actor };
    const via = `archive:${waiting.sha256}`;
    return this.commands.execute(
      new ImportEdition(waiting.source, documents, { via, date: waiting.moment, release, limits, today }),
    );
  }
}

/** Sets an edition that was held aside for good, because a person says that it is wrong. Its bytes stay in the archive. */
export class DiscardEdition {
  constructor(
    readonly edition: string,
    readonly reason: string,
    readonly actor: string,
    readonly date?: string,
  ) {}
}

@CommandHandler(DiscardEdition)
export class DiscardEditionHandler implements ICommandHandler<DiscardEdition, WaitingEdition> {
  constructor(private readonly database: Database) {}

  /** @throws NotHeldError, AmbiguousEditionError */
  async execute({ edition, reason, actor, date }: DiscardEdition): Promise<WaitingEdition> {
    const { pool } = this.database;
    const waiting = await waitingEdition(pool, edition, date);
    const expected = await streamVersions(pool, waiting.lists);
    const recording = new Recording(expected);
    const { sha256, moment, source } = waiting;
    for (const list of waiting.lists) {
      recording.edition('edition.discarded', sha256, { list, source, edition: { date: moment, sha256 }, reason, actor });
    }
    await append(pool, { expected, events: recording.events });
    await catchUpViews(pool);
    return waiting;
  }
}

async function waitingEdition(pool: Pool, edition: string, date?: string): Promise<WaitingEdition> {
  await catchUpViews(pool);
  const found = (await waitingEditions(pool, edition)).filter((one) => date === undefined || one.moment === date);
  if (found.length === 0) throw new NotHeldError(edition);
  if (found.length > 1) {
    throw new AmbiguousEditionError(edition, found.map((one) => `${one.source} ${one.moment} ${one.sha256.slice(0, 12)}`));
  }
  return found[0]!;
}
