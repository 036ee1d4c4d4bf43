/** Another transaction holds the log, or one of the lists, for longer than the append would wait. */
export class LogBusyError extends Error {
  override name = 'LogBusyError';
  constructor(readonly waitedMs: number, options?: ErrorOptions) {
    super(
      `Another transaction held the event log for more than ${waitedMs} ms, so nothing was appended. Try again; if it stays so, find the session ` +
        `(select pid, application_name, state, query from pg_stat_activity where pid in (select pid from pg_locks where locktype = 'advisory' and granted)) and end it with pg_terminate_backend(pid).`,
      options,
    );
  }
}

/** The list is not at the version that the append was decided on: read it again and decide again. */
export class VersionConflictError extends Error {
  override name = 'VersionConflictError';
  constructor(readonly list: string, readonly expected: bigint, readonly actual: bigint, options?: ErrorOptions) {
    super(`List ${list} is at version ${actual}, the append expected ${expected}: something else was recorded meanwhile. Read the list again and repeat.`, options);
  }
}

/** An event id stands in the log already, with other content or in another append. */
export class EventIdReusedError extends Error {
  override name = 'EventIdReusedError';
  constructor(readonly eventId: string | null, options?: ErrorOptions) {
    super(`Event id ${eventId ?? '(unknown)'} is in the log already, with other content or as part of another append. Give new events new ids; repeat a lost append unchanged.`, options);
  }
}

/** An event holds text that PostgreSQL cannot: U+0000, or half of a surrogate pair. */
export class UnstorableTextError extends Error {
  override name = 'UnstorableTextError';
  constructor(readonly eventId: string, readonly subject: string, options?: ErrorOptions) {
    super(`Event ${eventId} about ${subject} holds a NUL character or half of a surrogate pair, which cannot be stored. Whoever reads the source has to refuse or replace it.`, options);
  }
}

/** The caller's transaction cannot hold this append. */
export class AppendMisusedError extends Error {
  override name = 'AppendMisusedError';
}

/** A follower met an event that it cannot handle, and stands still before it. */
export class PoisonEventError extends Error {
  override name = 'PoisonEventError';
  constructor(readonly follower: string, readonly position: bigint, cause: unknown) {
    super(`Follower ${follower} stopped before position ${position}: ${cause instanceof Error ? cause.message : String(cause)}. It goes on from there once the reason is mended and it is started again.`, { cause });
  }
}

/** Thrown by a follower's handler when the event is well but something that it needs is away for the moment. */
export class TryAgainLater extends Error {
  override name = 'TryAgainLater';
}

/** Not an instant as of RFC 3339, such as `2026-11-23T15:00:00.000Z`. */
export class NotAnInstantError extends Error {
  override name = 'NotAnInstantError';
  constructor(readonly text: string) {
    super(`"${text}" is not an instant. Write it as in RFC 3339: 2026-11-23T15:00:00Z.`);
  }
}
