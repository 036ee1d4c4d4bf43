import pg from 'pg';

/** One connection per pool and process that hears of appends, shared by all who wait for them. */
const hearers = new WeakMap<pg.Pool, Wakeups>();

/**
 * Tells when something was appended. It may be late or silent (a lost connection), never wrong to ignore:
 * whoever waits looks at the log from time to time as well.
 */
export class Wakeups {
  private client: pg.Client | null = null;
  private users = 0;
  private waiting = new Set<() => void>();
  private retry: NodeJS.Timeout | null = null;
  /** Rises with every append that was heard of. Take it before looking at the log, and give it to `next`. */
  heard = 0;

  private constructor(private readonly pool: pg.Pool) {}

  /** Begins to listen; each `of` needs its `close`. */
  static of(pool: pg.Pool): Wakeups {
    const wakeups = hearers.get(pool) ?? new Wakeups(pool);
    hearers.set(pool, wakeups);
    if (wakeups.users++ === 0) void wakeups.listen();
    return wakeups;
  }

  /** Resolves once something was heard after `since`, after `ms`, or on `signal`. */
  next(since: number, ms: number, signal?: AbortSignal): Promise<void> {
    if (this.heard !== since || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  async close(): Promise<void> {
    if (--this.users > 0) return;
    const { client } = this;
    this.client = null;
    if (this.retry) clearTimeout(this.retry);
    await client?.end().catch(() => {});
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ ...this.pool.options, application_name: 'listory wakeups' });
    this.client = client;
    client.on('error', () => this.again(client));
    client.on('end', () => this.again(client));
    client.on('notification', () => this.wake());
    try {
      await client.connect();
      await client.query('listen listory_log');
      // What came between the last look and this moment.
      this.wake();
    } catch {
      this.again(client);
    }
  }

  private wake(): void {
    this.heard++;
    for (const done of this.waiting) done();
  }

  /** Listens anew after a second, unless this client was given up already. */
  private again(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    client.end().catch(() => {});
    this.retry = setTimeout(() => void (this.users > 0 && this.listen()), 1000);
  }
}
