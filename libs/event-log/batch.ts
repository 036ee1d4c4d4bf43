import type pg from 'pg';
import { lockCheckpoint } from './checkpoints.js';
import type { RecordedEvent } from './event.js';
import { readEvents } from './read.js';

/** Who follows the log, and what it does with events. */
export interface Following {
  /** The name of its checkpoint; of several processes that follow under one name, one works at a time. */
  name: string;
  /** About how many events at once; a batch never splits an append, so it may be larger. Default 1000. */
  batchSize?: number;
  /**
   * Does its work with the client given, inside the transaction that stores the checkpoint: both happen or none.
   * It neither commits nor rolls back. It throws `TryAgainLater` when something that it needs is away.
   */
  handle(client: pg.PoolClient, events: readonly RecordedEvent[]): Promise<void>;
  /** What `handle` did since the last commit was taken back: forget what you remember of it. */
  rolledBack?(): void;
}

/** How one look at the log ended. */
export type Step = { kind: 'advanced' | 'idle'; position: bigint } | { kind: 'held' };

/** The follower's own code failed on these events; everything was rolled back. */
export class HandlerFailed extends Error {
  constructor(
    readonly reason: unknown,
    readonly events: readonly RecordedEvent[],
  ) {
    super('a handler failed');
  }
}

/** A batch at work, so that it can be broken off from outside. */
export class Running {
  private session: { client: pg.PoolClient; pid: number | null } | null = null;
  private brokenOff = false;

  begin(client: pg.PoolClient): void {
    if (this.brokenOff) {
      client.release();
      throw new Error('the batch was broken off before it began');
    }
    this.session = { client, pid: null };
  }

  /** From here on the session holds the checkpoint. */
  holds(pid: number): void {
    if (this.session) this.session.pid = pid;
  }

  /** Gives the connection back, unless it was broken off. */
  end(broken: boolean): void {
    this.session?.client.release(broken);
    this.session = null;
  }

  /** Ends the session on the server, which rolls it back, and takes the connection away from a handler that does not end. */
  async breakOff(pool: pg.Pool): Promise<void> {
    const { session } = this;
    this.brokenOff = true;
    this.session = null;
    session?.client.release(true);
    if (session?.pid) await pool.query('select pg_terminate_backend($1)', [session.pid]);
  }
}

/**
 * Handles the next batch: locks the checkpoint, reads, handles, stores the checkpoint, commits.
 * @param take which events of the batch to give to the handler; fewer than all: a trial, always rolled back
 * @throws {HandlerFailed} and what the database throws
 */
export async function applyBatch(pool: pg.Pool, following: Following, limit: number, running = new Running(), take = Infinity): Promise<Step> {
  const client = await pool.connect();
  running.begin(client);
  let broken = false;
  try {
    await client.query('begin');
    const step = await insideTransaction(client, following, limit, running, take);
    await client.query(step.kind === 'advanced' && take === Infinity ? 'commit' : 'rollback');
    if (take !== Infinity) following.rolledBack?.();
    return step;
  } catch (error) {
    following.rolledBack?.();
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    running.end(broken);
  }
}

async function insideTransaction(client: pg.PoolClient, following: Following, limit: number, running: Running, take: number): Promise<Step> {
  const checkpoint = await lockCheckpoint(client, following.name);
  if (!checkpoint) return { kind: 'held' };
  running.holds(checkpoint.pid);
  const events = await wholeAppends(client, checkpoint.position, limit);
  if (!events.length) return { kind: 'idle', position: checkpoint.position };
  const given = events.slice(0, take);
  try {
    await following.handle(client, given);
  } catch (reason) {
    throw new HandlerFailed(reason, given);
  }
  const { position } = events.at(-1)!;
  await client.query(
    'update log.checkpoints set position = $2, error = null, error_position = null, updated_at = clock_timestamp() where name = $1',
    [following.name, String(position)],
  );
  return { kind: 'advanced', position };
}

/** The next events, on to the end of the append in which the limit falls. */
export async function wholeAppends(client: pg.PoolClient, after: bigint, limit: number): Promise<RecordedEvent[]> {
  const events = await readEvents(client, { after, limit });
  const last = events.at(-1);
  if (!last || last.position === last.batchEnd) return events;
  return events.concat(await readEvents(client, { after: last.position, upTo: last.batchEnd }));
}
