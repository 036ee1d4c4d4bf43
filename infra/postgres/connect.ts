import pg from 'pg';
import { DatabaseNotUnicode, DatabaseUnreachable, ServerTooOld } from './errors.js';

const OLDEST = 150_000;

/** What to do, by the operating system's code or PostgreSQL's SQLSTATE. */
const TODO: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there. Start the server, or correct host and port in LISTORY_DATABASE_URL.',
  ENOTFOUND: 'there is no host of that name. Correct LISTORY_DATABASE_URL.',
  EAI_AGAIN: 'the name of the host could not be looked up. Correct LISTORY_DATABASE_URL, or try again.',
  ETIMEDOUT: 'the host does not answer. Check LISTORY_DATABASE_URL and the firewall between.',
  '28P01': 'the password is wrong. Correct user and password in LISTORY_DATABASE_URL.',
  '28000': 'the server does not let this user in from here. Correct the user in LISTORY_DATABASE_URL, or pg_hba.conf on the server.',
  '3D000': 'the server has no database of that name. Make it (createdb), or correct the name in LISTORY_DATABASE_URL.',
  '42501': 'the user may not use this database. Make it the owner of the database (alter database … owner to …).',
  '53300': 'the server has no connection left. Raise max_connections, or end other sessions.',
  '57P03': 'the server is starting up or shutting down. Try again.',
};

/**
 * Connects once, to say in plain words what is wrong before a pool hides it.
 * @throws {DatabaseUnreachable} {ServerTooOld} {DatabaseNotUnicode}
 */
export async function reach(url: string): Promise<void> {
  const where = withoutPassword(url);
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url, application_name: 'listory', connectionTimeoutMillis: 10_000 });
  } catch (cause) {
    throw new DatabaseUnreachable(where, undefined, 'this is not a PostgreSQL URL. Write LISTORY_DATABASE_URL as postgresql://user:password@host:5432/database.', { cause });
  }
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; text: string; encoding: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as text, current_setting('server_encoding') as encoding`,
    );
    if (Number(rows[0]!.number) < OLDEST) throw new ServerTooOld(where, rows[0]!.text);
    if (rows[0]!.encoding !== 'UTF8') throw new DatabaseNotUnicode(where, rows[0]!.encoding);
  } catch (cause) {
    if (cause instanceof ServerTooOld || cause instanceof DatabaseNotUnicode) throw cause;
    const code = codeOf(cause);
    throw new DatabaseUnreachable(where, code, TODO[code ?? ''] ?? `${(cause as Error).message}.`, { cause });
  } finally {
    await client.end().catch(() => {});
  }
}

/** A host with several addresses fails with one error for each of them. */
function codeOf(error: unknown): string | undefined {
  const several = (error as AggregateError).errors as unknown[] | undefined;
  return (error as { code?: string }).code ?? (several?.[0] as { code?: string } | undefined)?.code ?? (/timeout/i.test(String(error)) ? 'ETIMEDOUT' : undefined);
}

/** The URL as it may stand in logs and messages. */
export function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '***';
    if (parsed.searchParams.has('password')) parsed.searchParams.set('password', '***');
    return parsed.toString();
  } catch {
    return url.replace(/:[^:@/]*@/, ':***@').replace(/password=[^&\s]*/g, 'password=***');
  }
}
