import type { Pool, QueryResult, QueryResultRow } from 'pg';

/**
 * Runs a statement that PostgreSQL prepares once for each connection.
 * @param name the same for the same SQL always: a rebuilt view keeps its statements, for its tables keep their names
 */
export async function namedQuery<R extends QueryResultRow>(
  pool: Pool,
  name: string,
  text: string,
  values: unknown[],
): Promise<QueryResult<R>> {
  return pool.query<R>({ name: `listory-${name}`, text, values });
}
