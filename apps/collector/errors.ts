/** No source reads a list of this name. */
export class UnknownListError extends Error {
  constructor(
    readonly list: string,
    readonly known: readonly string[],
  ) {
    super(`There is no list '${list}' to import. Lists: ${known.join(', ')}.`);
    this.name = 'UnknownListError';
  }
}

/** The edition has no date: neither given, nor inside the file, nor in its name. */
export class EditionDateError extends Error {
  constructor(readonly date: string) {
    super(`'${date}' is not a date of an edition: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ, and not in the future.`);
    this.name = 'EditionDateError';
  }
}

/** No edition that waits for a person has this sha256. */
export class NotHeldError extends Error {
  constructor(readonly edition: string) {
    super(`No edition that waits for a person has a sha256 that begins with '${edition}'. See them with: listory held`);
    this.name = 'NotHeldError';
  }
}

/** The first digits of a sha256 fit more than one waiting edition. */
export class AmbiguousEditionError extends Error {
  constructor(
    readonly edition: string,
    readonly found: readonly string[],
  ) {
    super(`'${edition}' fits ${found.length} waiting editions: ${found.join(', ')}. Give more digits, or add --date.`);
    this.name = 'AmbiguousEditionError';
  }
}

/** There is no such listing. */
export class UnknownListingError extends Error {
  constructor(readonly listing: string) {
    super(`There is no listing '${listing}'. Find its id with: listory listed NAME`);
    this.name = 'UnknownListingError';
  }
}

/** A correction that cannot be made as it was asked for. */
export class CorrectionError extends Error {
  constructor(
    readonly listing: string,
    readonly field: string,
    problem: string,
  ) {
    super(`'${field}' of ${listing} cannot be corrected so: ${problem}.`);
    this.name = 'CorrectionError';
  }
}

/** Two listings that cannot be linked, or a listing that cannot be taken apart. */
export class IdentityError extends Error {
  constructor(
    readonly listing: string,
    readonly other: string,
    problem: string,
  ) {
    super(`${listing} and ${other}: ${problem}.`);
    this.name = 'IdentityError';
  }
}
