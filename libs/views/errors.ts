/** There is no view of this name. */
export class UnknownViewError extends Error {
  constructor(
    readonly view: string,
    readonly known: readonly string[],
  ) {
    super(`There is no view '${view}'. Views: ${known.join(', ')}.`);
    this.name = 'UnknownViewError';
  }
}

/** The events of a listing cannot be read. */
export class UnreadableHistoryError extends Error {
  constructor(
    readonly listing: string,
    override readonly cause: unknown,
  ) {
    super(`The events of ${listing} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
    this.name = 'UnreadableHistoryError';
  }
}

/** A newer version of Listory made this view. */
export class ViewTooNewError extends Error {
  constructor(
    readonly view: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `The view '${view}' has version ${found}, made by a newer Listory than this one (which knows ${known}). Start the newer version.`,
    );
    this.name = 'ViewTooNewError';
  }
}

/** `knownAt` is neither an instant nor a position of the log. */
export class KnownAtError extends Error {
  constructor(readonly knownAt: string) {
    super(`'${knownAt}' is no instant and no position. Write an instant such as 2026-11-23T15:00:00Z, or a position of the log such as @12345.`);
    this.name = 'KnownAtError';
  }
}
