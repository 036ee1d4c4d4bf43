import { END_OF_TIME_SECONDS, secondsOf, type Segment } from '@listory/listings';
import { STILL_KNOWN } from './table.js';

/** One rectangle of valid and known time, as stored. */
export interface Version {
  list: string;
  listing: string;
  /** Seconds since 1970; `validTo` is exclusive. */
  validFrom: number;
  validTo: number;
  knownFrom: bigint;
  /** null while it is still known. */
  knownTo: bigint | null;
  stateId: string;
  listedFrom: string;
  listedFromDating: string;
  listedUntil: string | null;
  listedUntilDating: string | null;
  dating: string;
  declaredFrom: string | null;
  inForceUntil: string | null;
}

/** The version of a stretch, from `position` on. */
export function versionOf(list: string, listing: string, segment: Segment, stateId: string, position: bigint): Version {
  return {
    list,
    listing,
    validFrom: secondsOf(segment.from),
    validTo: segment.to === null ? END_OF_TIME_SECONDS : secondsOf(segment.to),
    knownFrom: position,
    knownTo: null,
    stateId,
    listedFrom: segment.listedFrom,
    listedFromDating: segment.listedFromDating,
    listedUntil: segment.listedUntil,
    listedUntilDating: segment.listedUntilDating,
    dating: segment.dating,
    declaredFrom: segment.state.declaredFrom,
    inForceUntil: segment.state.inForceUntil,
  };
}

/** Whether two versions of one listing say the same of the same stretch of time. */
export function isSameVersion(one: Version, other: Version): boolean {
  return (
    one.validFrom === other.validFrom &&
    one.validTo === other.validTo &&
    one.stateId === other.stateId &&
    one.listedFrom === other.listedFrom &&
    one.listedFromDating === other.listedFromDating &&
    one.listedUntil === other.listedUntil &&
    one.listedUntilDating === other.listedUntilDating &&
    one.dating === other.dating
  );
}

/** The columns of `versions`, in the order of `versionValues`. */
export const VERSION_COLUMNS = (
  'list listing valid_from valid_to known_from known_to state_id ' +
  'listed_from listed_from_dating listed_until listed_until_dating version_dating declared_from in_force_until'
).split(' ');

export function versionValues(version: Version): (string | number | bigint | null)[] {
  const { list, listing, validFrom, validTo, knownFrom, knownTo, stateId } = version;
  const period = [version.listedFrom, version.listedFromDating, version.listedUntil, version.listedUntilDating];
  return [list, listing, validFrom, validTo, knownFrom, knownTo ?? STILL_KNOWN, stateId, ...period, version.dating, version.declaredFrom, version.inForceUntil];
}

export function versionOfRow(row: Record<string, string>): Version {
  return {
    list: row.list!,
    listing: row.listing!,
    validFrom: Number(row.valid_from),
    validTo: Number(row.valid_to),
    knownFrom: BigInt(row.known_from!),
    knownTo: null,
    stateId: row.state_id!,
    listedFrom: row.listed_from!,
    listedFromDating: row.listed_from_dating!,
    listedUntil: row.listed_until ?? null,
    listedUntilDating: row.listed_until_dating ?? null,
    dating: row.version_dating!,
    declaredFrom: row.declared_from ?? null,
    inForceUntil: row.in_force_until ?? null,
  };
}
