import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The raw bytes of every edition, by their sha256; they can be added and read, never changed. */
export class Archive implements MigrationInterface {
  name = 'Archive0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema archive;

      create table archive.documents (
        sha256 text collate "C" primary key check (sha256 = encode(sha256(bytes), 'hex')),
        bytes bytea not null,
        size bigint not null check (size = octet_length(bytes)),
        stored_at timestamptz not null default clock_timestamp()
      );

      create trigger documents_never_change before update or delete or truncate on archive.documents
        for each statement execute function log.refuse_change();
      alter table archive.documents enable always trigger documents_never_change;
      revoke update, delete, truncate on archive.documents from public, current_user;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The archive is never taken away by a migration.');
  }
}
