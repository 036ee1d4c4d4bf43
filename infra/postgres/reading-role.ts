import pg from 'pg';
import { RoleMissing } from './errors.js';

/**
 * Lets a role read every table of the product, also those that this user makes later, and write none.
 * @param role exists already; it may log in
 * @throws {RoleMissing}
 */
export async function grantReading(pool: pg.Pool, role: string): Promise<void> {
  const { rowCount } = await pool.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) throw new RoleMissing(role);
  const name = pg.escapeIdentifier(role);
  const { rows } = await pool.query<{ schema: string }>(
    `select nspname as schema from pg_namespace where nspowner = current_user::regrole and nspname !~ '^pg_'`,
  );
  for (const { schema } of rows) {
    const place = pg.escapeIdentifier(schema);
    await pool.query(`grant usage on schema ${place} to ${name}; grant select on all tables in schema ${place} to ${name}`);
  }
  // A rebuild of a view makes its schema anew.
  await pool.query(`alter default privileges grant usage on schemas to ${name}; alter default privileges grant select on tables to ${name}`);
  // The list of migrations, by which a service knows that the tables are those of its version.
  await pool.query(`grant select on all tables in schema public to ${name}`);
}
