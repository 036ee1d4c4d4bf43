import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Pool } from 'pg';
import { to } from 'pg-copy-streams';
import type { EditionsAround } from '../certainty.js';
import { copyOfList, type ListMoment } from './in-effect.js';
import { KeptBodies } from './kept-bodies.js';

/** Listings of a chunk. */
const CHUNK = 512;

/**
 * A whole list as lines of JSON text, a listing each, in the order of ids. Which states make it up is asked at once;
 * their texts are taken from memory, or fetched as the reader asks for more. No connection is held meanwhile.
 */
export async function copyList(pool: Pool, at: ListMoment, around: EditionsAround): Promise<Readable> {
  const rows = await rowsOf(pool, copyOfList(at, around));
  return Readable.from(lines(rows, KeptBodies.of(pool)), { objectMode: false, highWaterMark: 1 << 18 });
}

/** All that a COPY says. It is the quickest way to many small rows: nobody parses them. */
async function rowsOf(pool: Pool, sql: string): Promise<Buffer> {
  const client = await pool.connect();
  let complete = false;
  try {
    const rows = await buffer(client.query(to(sql)));
    complete = true;
    return rows;
  } finally {
    // A COPY that is broken off leaves its connection in the middle of an answer.
    client.release(!complete);
  }
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const COMMA = Buffer.from(',');

/** Puts stored texts and endings together: the last brace of the text gives way to the ending. */
async function* lines(rows: Buffer, bodies: KeptBodies): AsyncGenerator<Buffer> {
  for (let at = 0; at < rows.length; ) {
    const ids: string[] = [];
    const endings: Buffer[] = [];
    while (at < rows.length && ids.length < CHUNK) {
      const tab = rows.indexOf(TAB, at);
      const end = rows.indexOf(NEWLINE, tab) + 1;
      ids.push(rows.toString('latin1', at, tab));
      endings.push(rows.subarray(tab + 1, end));
      at = end;
    }
    const texts = await bodies.textsOf(ids);
    yield Buffer.concat(texts.flatMap((text, index) => [text.subarray(0, -1), COMMA, endings[index]!]));
  }
}
