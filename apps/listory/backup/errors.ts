/** The file is not a whole backup. */
export class BackupDamagedError extends Error {
  constructor(
    readonly file: string,
    problem: string,
  ) {
    super(`${file} cannot be restored: ${problem}. Nothing was changed.`);
    this.name = 'BackupDamagedError';
  }
}

/** A restore needs a database in which nothing was recorded. */
export class NotEmptyError extends Error {
  constructor(readonly head: bigint) {
    super(`This database holds ${head} events. Restore into an empty one: another LISTORY_DATA folder or LISTORY_DATABASE_URL.`);
    this.name = 'NotEmptyError';
  }
}
