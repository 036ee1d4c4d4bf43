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
