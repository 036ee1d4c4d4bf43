import { PartitionTakenOver } from './errors.js';
import type { PartitionPosition, UnseenEvents } from './consumer.js';

/** As much of a PostgreSQL client as is needed: `pg`'s has it. */
export interface Sql {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, string | null>[]; rowCount: number | null }>;
}

/**
 * The positions of consumers in a table of their own database (PostgreSQL), for `consume`.
 * `advance` belongs into the transaction of the effect.
 */
export class Positions {
  constructor(
    private readonly consumer: string,
    private readonly table = 'listory_positions',
  ) {}

  /** Makes the table where there is none. */
  async prepare(sql: Sql): Promise<void> {
    await sql.query(
      `create table if not exists ${this.table} (consumer text, part int, next_offset bigint, sequence bigint not null, primary key (consumer, part))`,
    );
  }

  /** Says that all up to a position of the log is in the consumer's tables: from a snapshot. For a consumer that has no positions yet. */
  async startAfter(sql: Sql, sequence: bigint): Promise<void> {
    await sql.query(`insert into ${this.table} (consumer, part, sequence) values ($1, -1, $2) on conflict (consumer, part) do update set sequence = excluded.sequence`, [
      this.consumer,
      String(sequence),
    ]);
  }

  async of(sql: Sql, partition: number): Promise<PartitionPosition> {
    const { rows } = await sql.query(
      `select next_offset::text as "offset", sequence::text from ${this.table} where consumer = $1 and part in ($2, -1) order by part desc limit 1`,
      [this.consumer, partition],
    );
    return { offset: rows[0]?.offset ?? null, sequence: BigInt(rows[0]?.sequence ?? 0) };
  }

  /**
   * Goes on from where `unseen` began to where it ends.
   * @throws {PartitionTakenOver} another process of this consumer has gone on from there: roll back
   */
  async advance(sql: Sql, { partition, from, to }: UnseenEvents): Promise<void> {
    const { rowCount } = await sql.query(
      `insert into ${this.table} as held (consumer, part, next_offset, sequence) values ($1, $2, $3, $4)
       on conflict (consumer, part) do update set next_offset = excluded.next_offset, sequence = excluded.sequence where held.sequence = $5`,
      [this.consumer, partition, to.offset, String(to.sequence), String(from.sequence)],
    );
    if (rowCount === 0) throw new PartitionTakenOver(this.consumer, partition);
  }
}
