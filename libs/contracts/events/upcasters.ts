import type { RecordedEvent } from '@listory/event-log';

/** Brings the data of one version of a type to the next version. */
export type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/** Upcasters by the type and version that they read: `listing.added.v1` gives version 2. */
export type Upcasters = ReadonlyMap<string, Upcaster>;

/** Every upcaster. Empty while each type has one version only; a shape that must change gets a line here. */
export const upcasters: Upcasters = new Map();

/** What an event says in the newest version of its type. */
export function upcast(
  { type, schemaVersion, data }: Pick<RecordedEvent, 'type' | 'schemaVersion' | 'data'>,
  known: Upcasters = upcasters,
): { type: string; version: number; data: Record<string, unknown> } {
  let version = schemaVersion;
  let newest = data;
  for (let next = known.get(`${type}.v${version}`); next; next = known.get(`${type}.v${version}`)) {
    newest = next(newest);
    version++;
  }
  return { type, version, data: newest };
}
