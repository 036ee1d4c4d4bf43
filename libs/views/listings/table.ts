/** Known-to of what is still known. */
export const STILL_KNOWN = 9_223_372_036_854_775_807n;

/** Where the rectangles of a list begin, in SQL: beside those of most other lists, and exact in double precision. */
export function offsetOf(list: string): string {
  return `(hashtext(${list}) & 1023) * 549755813888::float8`;
}

/** A version that is no longer known, as a rectangle of valid by known time. */
export const RECTANGLE = `box(point(${offsetOf('list')} + valid_from, known_from), point(${offsetOf('list')} + valid_to - 1, known_to - 1))`;

/**
 * The tables of the listings view in `schema`: who was listed, with which content, over valid time and as known when.
 *
 * A row of `versions` is a rectangle: valid from/to (seconds since 1970, to exclusive) by known from/to (log
 * positions, to exclusive). Content stands once, in `states`; so do the sets of names
 * and of addresses by which it is found: most changes touch neither.
 */
export function createListingsTables(schema: string): string {
  return `
    create table ${schema}.listings (
      listing text collate "C" primary key,
      list text collate "C" not null,
      first_position bigint not null,
      continued_by text collate "C"
    );
    create table ${schema}.keys (
      list text collate "C" not null,
      key text collate "C" not null,
      listing text collate "C" not null,
      primary key (list, key)
    );
    create table ${schema}.states (
      state_id uuid not null,
      core_hash text not null,
      aliases_hash text not null,
      addresses_hash text collate "C" not null,
      names_hash text collate "C" not null,
      body text not null
    );
    create table ${schema}.versions (
      list text collate "C" not null,
      listing text collate "C" not null,
      valid_from bigint not null,
      valid_to bigint not null,
      known_from bigint not null,
      known_to bigint not null default ${STILL_KNOWN},
      state_id uuid not null,
      listed_from text collate "C" not null,
      listed_from_dating text not null,
      listed_until text collate "C",
      listed_until_dating text,
      version_dating text not null,
      declared_from text,
      in_force_until text,
      check (valid_from < valid_to),
      check (known_from < known_to)
    );
    create table ${schema}.names (
      names_hash text collate "C" not null,
      folded text collate "C" not null,
      name text not null,
      kind text not null
    );
    create table ${schema}.addresses (
      addresses_hash text collate "C" not null,
      address_id text collate "C" not null,
      text text not null,
      folded text collate "C" not null,
      country text
    );`;
}

/**
 * Keys, indexes and the constraint against overlaps, made after the rows when a view is rebuilt; the one that takes
 * longest first.
 */
export function listingsIndexes(schema: string): string[] {
  return [
    `alter table ${schema}.versions add constraint no_overlap exclude using gist (
      hashtextextended(listing, 0) with =, int8range(valid_from, valid_to) with &&, int8range(known_from, known_to) with &&)`,
    `create index addresses_folded on ${schema}.addresses using gin (folded gin_trgm_ops)`,
    `create index names_folded on ${schema}.names (folded) include (names_hash)`,
    `alter table ${schema}.names add primary key (names_hash, name, kind)`,
    `alter table ${schema}.addresses add primary key (addresses_hash, address_id, text)`,
    `create index addresses_id on ${schema}.addresses (address_id)`,
    `alter table ${schema}.states add primary key (state_id)`,
    `create index states_names on ${schema}.states (names_hash)`,
    `create index states_addresses on ${schema}.states (addresses_hash)`,
    `create index versions_past on ${schema}.versions using gist ((${RECTANGLE})) where known_to < ${STILL_KNOWN}`,
    `create index versions_open on ${schema}.versions (list, valid_to, valid_from, known_from) include (listing, state_id)
      where known_to = ${STILL_KNOWN}`,
    `create index versions_listing on ${schema}.versions (listing, valid_from)`,
    `create index versions_state on ${schema}.versions (state_id)`,
  ];
}
