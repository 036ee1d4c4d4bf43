import pg from 'pg';

/** 'list' as a number: the advisory lock of which every Listory process on this server holds a share. */
const PRESENCE = 0x6c697374;
const NAME = 'listory presence';

/**
 * A session that says "somebody uses this server". Each process holds one share of an advisory lock, so the one that
 * gets the whole lock on leaving knows that it is the last, and nobody can come in while it stops the server.
 */
export class Presence {
  private constructor(private readonly client: pg.Client) {}

  /**
   * Comes in: connects to the maintenance database and takes a share. Waits while another process decides about stopping.
   * @throws pg's error where the server does not answer, or goes down meanwhile
   */
  static async enter(url: string): Promise<Presence> {
    const client = new pg.Client({ connectionString: url, application_name: NAME, connectionTimeoutMillis: 5000, keepAlive: true });
    // The server may go down under us; whoever uses it will notice by its own queries.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [PRESENCE]);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    return new Presence(client);
  }

  /** The folder of the server that we are connected to. */
  async clusterFolder(): Promise<string> {
    const { rows } = await this.client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    return rows[0]!.folder;
  }

  /** Makes the database where it is missing. */
  async ensureDatabase(name: string): Promise<void> {
    const { rowCount } = await this.client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    try {
      await this.client.query(`create database ${pg.escapeIdentifier(name)}`);
    } catch (error) {
      // 42P04, 23505: another process made it in the same moment.
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    }
  }

  /** Gives the share back. True: nobody else is here and nobody can come in until `leave`. */
  async isLast(): Promise<boolean> {
    await this.client.query('select pg_advisory_unlock_shared($1)', [PRESENCE]);
    const { rows } = await this.client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [PRESENCE]);
    return rows[0]!.alone && (await this.othersAreGone());
  }

  /**
   * Whether no client session but ours is left. Sessions that were just closed, and others on their way out, get a
   * moment to end; one that waits for its share is coming in.
   */
  private async othersAreGone(): Promise<boolean> {
    for (let tries = 0; tries < 20; tries++) {
      const { rows } = await this.client.query<{ others: number; coming: number }>(
        `select count(*)::int as others, count(*) filter (where application_name = $1 and wait_event_type = 'Lock')::int as coming
         from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
        [NAME],
      );
      if (!rows[0]!.others) return true;
      if (rows[0]!.coming) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  }

  async leave(): Promise<void> {
    await this.client.end().catch(() => {});
  }
}
