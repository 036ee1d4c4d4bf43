import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each publication is fetched, and what the next fetch has to know. */
export class Fetching implements MigrationInterface {
  name = 'Fetching0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema fetching;

      create table fetching.schedules (
        source text collate "C" primary key,
        interval_s integer not null check (interval_s > 0),
        limit_s integer not null check (limit_s > 0),
        started_at timestamptz not null default clock_timestamp(),
        next_due timestamptz not null default clock_timestamp(),
        reached_at timestamptz,
        failures integer not null default 0 check (failures >= 0)
      );

      create table fetching.parts (
        source text collate "C" not null,
        part text collate "C" not null,
        url text not null,
        etag text,
        last_modified text,
        sha256 text,
        primary key (source, part)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema fetching cascade');
  }
}
