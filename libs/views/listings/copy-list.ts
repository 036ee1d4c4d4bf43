import type { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { to } from 'pg-copy-streams';
import type { EditionsAround } from '../certainty.js';
import { copyOfList, type ListMoment } from './in-effect.js';

/**
 * A whole list as lines of JSON text, a listing each, in the order of ids; in chunks as the server sends them, which
 * may break inside a line. Destroying the stream ends the query and its connection.
 */
export async function copyList(pool: Pool, at: ListMoment, around: EditionsAround): Promise<Readable> {
  const client = await pool.connect();
  const stream = client.query(to(copyOfList(at, around)));
  let complete = false;
  stream.once('end', () => (complete = true));
  // A COPY that is broken off leaves its connection in the middle of an answer.
  stream.once('close', () => client.release(!complete));
  return stream;
}
