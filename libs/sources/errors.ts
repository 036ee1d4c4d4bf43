/**
 * An edition that cannot be read as its list. Nothing of it may be recorded; the bytes are kept and a person is told.
 * The message says what is wrong, where, and what to do.
 */
export class RefusedEditionError extends Error {
  override readonly name = 'RefusedEditionError';

  constructor(
    /** The publication it was to be read as, such as `us-ofac-sdn`. */
    readonly source: string,
    /** The name of the document, or null where the edition as a whole is wrong. */
    readonly document: string | null,
    /** The place in the document (`line 17`, `line 3, column 9`), or null for the document as a whole. */
    readonly where: string | null,
    readonly problem: string,
    readonly advice = 'Fetch it from the publisher again.',
  ) {
    const place = [document, where].filter((part) => part !== null).join(', ');
    super(`${source} refused${place === '' ? '' : ` (${place})`}: ${problem} ${advice}`);
  }
}

/** A path whose bytes cannot be had: missing, unreadable, or a damaged or oversized archive. */
export class UnreadableEditionError extends Error {
  override readonly name = 'UnreadableEditionError';

  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}
