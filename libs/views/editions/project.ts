import type { EditionEvent } from '@listory/listings';
import type { RecordedEvent } from '@listory/event-log';
import type { PoolClient } from 'pg';

/** Keeps the editions view in step with the log. */
export class EditionsProjection {
  constructor(private readonly schema: string) {}

  /** Applies events that follow each other without a gap, within the caller's transaction. */
  async apply(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
    for (const recorded of events) {
      const event = recorded as unknown as EditionEvent & RecordedEvent;
      switch (event.type) {
        case 'edition.recorded':
          await this.recorded(client, event, recorded);
          break;
        case 'edition.held':
          await this.held(client, event, recorded);
          break;
        case 'edition.released':
        case 'edition.discarded':
          await this.decided(client, event, recorded);
          break;
        case 'fetch.checked':
        case 'fetch.failed':
          await this.fetched(client, event, recorded);
      }
    }
  }

  private async recorded(client: PoolClient, { data }: EditionEvent<'edition.recorded'>, at: RecordedEvent): Promise<void> {
    const { edition, counts } = data;
    await client.query(
      `insert into ${this.schema}.editions values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
      [
        at.list,
        edition.date,
        edition.sha256,
        data.source,
        String(at.batchEnd),
        at.recordedAt,
        data.publishedOn,
        JSON.stringify(data.documents),
        JSON.stringify(data.sections),
        data.silentOn,
        data.rows,
        data.totals.names,
        data.totals.addresses,
        counts.added,
        counts.removed,
        counts.changed,
        data.outcome,
        data.reason,
      ],
    );
  }

  private async held(client: PoolClient, { data }: EditionEvent<'edition.held'>, at: RecordedEvent): Promise<void> {
    const { edition, counts } = data;
    await client.query(
      `insert into ${this.schema}.held (list, moment, sha256, source, position, held_at, problem, documents, added, removed, changed)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
      [
        at.list,
        edition.date,
        edition.sha256,
        data.source,
        String(at.position),
        at.recordedAt,
        data.problem,
        JSON.stringify(data.documents),
        counts.added,
        counts.removed,
        counts.changed,
      ],
    );
  }

  private async decided(
    client: PoolClient,
    event: EditionEvent<'edition.released' | 'edition.discarded'>,
    at: RecordedEvent,
  ): Promise<void> {
    const { edition, reason, actor } = event.data;
    await client.query(
      `update ${this.schema}.held
          set decision = $4, decided_position = $5, decided_at = $6, decision_reason = $7, actor = $8
        where list = $1 and moment = $2 and sha256 = $3 and decision is null`,
      [at.list, edition.date, edition.sha256, at.type.slice(8), String(at.batchEnd), at.recordedAt, reason, actor],
    );
  }

  private async fetched(
    client: PoolClient,
    event: EditionEvent<'fetch.checked' | 'fetch.failed'>,
    at: RecordedEvent,
  ): Promise<void> {
    const { data } = event;
    await client.query(`insert into ${this.schema}.fetches values ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, [
      String(at.position),
      at.list,
      data.source,
      at.recordedAt,
      data.outcome,
      data.edition?.date ?? null,
      data.edition?.sha256 ?? null,
      data.problem,
      data.via,
    ]);
  }
}
