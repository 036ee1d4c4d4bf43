import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { to } from 'pg-copy-streams';
import type { EditionsAround } from '../certainty.js';
import { copyOfList, SEPARATOR, type ListMoment } from './in-effect.js';

/**
 * A whole list as lines of JSON text, a listing each, in the order of ids; in chunks as the server sends them, which
 * may break inside a line. Destroying the stream ends the query and its connection.
 */
export async function copyList(pool: Pool, at: ListMoment, around: EditionsAround): Promise<Readable> {
  const client = await pool.connect();
  const copy = client.query(to(copyOfList(at, around)));
  let complete = false;
  copy.once('end', () => (complete = true));
  // A COPY that is broken off leaves its connection in the middle of an answer.
  copy.once('close', () => client.release(!complete));
  return Readable.from(joined(copy), { objectMode: false, highWaterMark: 1 << 18 });
}

const COMMA = ','.charCodeAt(0);
const BLANK = ' '.charCodeAt(0);

/** Puts stored texts and endings together where they lie: the brace before each separator becomes a comma. */
async function* joined(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer | null = null;
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf(SEPARATOR); at !== -1; at = chunk.indexOf(SEPARATOR, at + 1)) {
      chunk[at] = BLANK;
      if (at > 0) chunk[at - 1] = COMMA;
      else held![held!.length - 1] = COMMA;
    }
    if (held) yield held;
    held = chunk;
  }
  if (held) yield held;
}
