/**
 * The tables of the editions view in `schema`: which editions were recorded, held or refused, and every fetch.
 * `recorded_position` is the last position of the append, so that "as known at K" is `recorded_position <= K`.
 */
export function createEditionsTables(schema: string): string {
  return `
    create table ${schema}.editions (
      list text collate "C" not null,
      moment text collate "C" not null,
      sha256 text collate "C" not null,
      source text not null,
      recorded_position bigint not null,
      recorded_at timestamptz not null,
      published_on text,
      documents jsonb not null,
      sections jsonb not null,
      silent_on text[] not null,
      row_count int not null,
      names int not null,
      addresses int not null,
      added int not null,
      removed int not null,
      changed int not null,
      outcome text not null,
      reason text,
      primary key (list, moment, recorded_position)
    );
    create table ${schema}.held (
      list text collate "C" not null,
      moment text collate "C" not null,
      sha256 text collate "C" not null,
      source text not null,
      position bigint not null,
      held_at timestamptz not null,
      problem text not null,
      documents jsonb not null,
      added int not null,
      removed int not null,
      changed int not null,
      decision text,
      decided_position bigint,
      decided_at timestamptz,
      decision_reason text,
      actor text,
      primary key (list, position)
    );
    create table ${schema}.fetches (
      position bigint primary key,
      list text collate "C" not null,
      source text not null,
      at timestamptz not null,
      outcome text not null,
      date text,
      sha256 text,
      problem text,
      via text not null
    );`;
}

export function editionsIndexes(schema: string): string[] {
  return [
    `create index editions_sha256 on ${schema}.editions (sha256)`,
    `create index held_open on ${schema}.held (list) where decision is null`,
    `create index held_sha256 on ${schema}.held (sha256)`,
    `create index fetches_list on ${schema}.fetches (list, position)`,
  ];
}
