import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { millisecondsOf } from '../rounds.js';

/** Where there is no psql: `copy.js URL out SQL` or `copy.js URL in SQL FILE`; prints the time of the COPY in ms. */
const [url = '', direction, sql = '', file = ''] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url });
await client.connect();
const time = await millisecondsOf(async () => {
  if (direction === 'in') await pipeline(createReadStream(file), client.query(from(sql)));
  else for await (const _ of client.query(to(sql)));
});
await client.end();
process.stdout.write(JSON.stringify(time));
