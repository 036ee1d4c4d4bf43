/** A publisher's file could not be fetched. */
export class DownloadFailed extends Error {
  /** Whether trying again soon may succeed. */
  readonly passing: boolean;
  /** How long the publisher asks to wait (ms). */
  readonly retryAfterMs: number | null;

  constructor(
    readonly url: string,
    readonly reason: string,
    { passing, retryAfterMs = null }: { passing: boolean; retryAfterMs?: number | null },
  ) {
    super(`${url} could not be fetched: ${reason}.`);
    this.name = 'DownloadFailed';
    this.passing = passing;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The parts of an edition changed again and again while they were fetched. */
export class PartsDoNotBelongTogether extends Error {
  constructor(
    readonly source: string,
    readonly part: string,
  ) {
    super(`${source} could not be fetched: ${part} changed while the other parts were fetched, several times. The next fetch tries again.`);
    this.name = 'PartsDoNotBelongTogether';
  }
}

/** A setting of the schedule cannot be used. */
export class FetchSettingError extends Error {
  constructor(
    readonly setting: string,
    readonly value: string,
    wanted: string,
  ) {
    super(`${setting} has '${value}', but wants ${wanted}.`);
    this.name = 'FetchSettingError';
  }
}
