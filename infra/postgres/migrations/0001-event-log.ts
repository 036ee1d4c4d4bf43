import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND } from './0001-append.js';

/** The event log: one table of events that never change, and what it needs around it. */
export class EventLog implements MigrationInterface {
  name = 'EventLog0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(NEVER_CHANGE);
    await runner.query(APPEND);
  }

  async down(): Promise<void> {
    throw new Error('The event log is never taken away by a migration.');
  }
}

const TABLES = `
  create schema log;

  -- One row per list: its lock during an append, and its version.
  create table log.streams (
    list text collate "C" primary key,
    version bigint not null check (version >= 0)
  );

  create table log.events (
    position bigint primary key check (position > 0),
    list text collate "C" not null,
    version bigint not null check (version > 0),
    event_id uuid not null unique,
    type text collate "C" not null,
    subject text collate "C" not null,
    effective_at text collate "C",
    cause text collate "C" not null,
    change_class text collate "C" check (change_class in ('substantive', 'editorial')),
    schema_version integer not null check (schema_version > 0),
    recorded_at timestamptz not null,
    batch_end bigint not null check (batch_end >= position),
    data json not null,
    digest bytea not null check (octet_length(digest) = 32)
  );
  create index events_by_subject on log.events (subject, position);
  create index events_by_list on log.events (list, position);

  -- One entry per append: the instants that a question "as known at" can fall on.
  create unique index appends on log.events (position) where position = batch_end;
  create index appends_by_time on log.events (recorded_at, position) where position = batch_end;

  -- How far each follower has come. error: why it stands still, at error_position.
  create table log.checkpoints (
    name text collate "C" primary key,
    position bigint not null default 0 check (position >= 0),
    error text,
    error_position bigint,
    updated_at timestamptz not null default clock_timestamp()
  );
`;

const NEVER_CHANGE = `
  create function log.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% on %.% refused: it is only ever added to', tg_op, tg_table_schema, tg_table_name
      using errcode = 'insufficient_privilege', hint = 'Record a correction as a new event.';
  end $$;

  create trigger events_never_change before update or delete or truncate on log.events
    for each statement execute function log.refuse_change();
  alter table log.events enable always trigger events_never_change;
  revoke update, delete, truncate on log.events from public, current_user;
`;
