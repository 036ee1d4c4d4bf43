/** A document that the archive was asked for is not in it. */
export class DocumentMissingError extends Error {
  constructor(readonly sha256: string) {
    super(`The archive holds no document with sha256 ${sha256}.`);
    this.name = 'DocumentMissingError';
  }
}

/** A document's bytes are not those that were stored. */
export class DocumentDamagedError extends Error {
  constructor(
    readonly sha256: string,
    readonly actual: string,
  ) {
    super(`Archived document ${sha256} is damaged: its bytes now have sha256 ${actual}. Restore it from a backup.`);
    this.name = 'DocumentDamagedError';
  }
}
