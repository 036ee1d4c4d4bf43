import { Kafka, consume, kafkaSettings, Positions, topicNames } from '@listory/stream';
import type { CloudEvent } from '@listory/contracts';
import pg from 'pg';

/**
 * An example of a consumer: keeps in a database of its own which of its counterparties are listed today, under the name
 * that the list gives. Each event has its effect once, whoever is killed, for the position stands in the same database
 * and moves in the same transaction.
 *
 *   LISTORY_KAFKA_BROKERS=localhost:9092 COUNTERPARTIES_DATABASE_URL=postgresql://… node dist/libs/stream/examples/counterparties.js
 *
 * With LISTORY_URL an empty database begins with a snapshot, else with the first event. Then:
 *   insert into counterparties values ('Sugon');
 *   select * from counterparty_status;
 */
const TABLES = `
  create table if not exists counterparties (name text primary key);
  -- What was said of a listing: from a day on, it is listed or not, or has this name. What was said last of a day counts.
  create table if not exists said (listing text, field text, day text, value text, primary key (listing, field, day));
  create or replace view listing_status as
    select listing, max(value) filter (where field = 'name') as name, max(value) filter (where field = 'listed') = 'yes' as listed
      from (select distinct on (listing, field) * from said where day <= current_date::text order by listing, field, day desc) today
     group by listing;
  create or replace view counterparty_status as
    select c.name, s.listing, coalesce(s.listed, false) as listed
      from counterparties c left join listing_status s on lower(s.name) = lower(c.name);`;

const SAY = `insert into said values ($1, $2, $3, $4) on conflict (listing, field, day) do update set value = excluded.value`;

/** Writes down what one event says. */
async function apply(client: pg.ClientBase, { type, subject, effectivedate: day, data }: CloudEvent): Promise<void> {
  const [, kind] = /^org\.listory\.(.+)\.v1$/.exec(type) ?? [];
  const say = (field: string, at: unknown, value: unknown) => client.query(SAY, [subject, field, at, value]);
  const { listing, field, after, timeline } = data as { listing: { name: string }; field: string; after: string; timeline: [field: string, at: string, layer: 0 | 1, value: unknown][] };
  if (kind === 'listing.added') {
    await say('listed', day, 'yes');
    await say('name', day, listing.name);
  } else if (kind === 'listing.removed') await say('listed', day, 'no');
  else if (kind === 'listing.renamed' || (kind === 'listing.corrected' && field === 'name')) await say('name', day, after);
  else if (kind === 'identity.linked' || kind === 'identity.unlinked') {
    await client.query('delete from said where listing = $1', [subject]);
    for (const [about, at, , value] of timeline) {
      if (about === 'presence') await say('listed', at.slice(0, 10), value === true ? 'yes' : 'no');
      if (about === 'name') await say('name', at.slice(0, 10), value);
    }
  }
}

/** A line of a snapshot: the first, the last, or a listing. */
interface Line {
  snapshot?: { position: number };
  end?: { listings: number };
  id: string;
  name: string;
  listedFrom: string;
  listedUntil: string | null;
  /** It was found to be one with that listing, which goes on for it. */
  continuedBy?: string;
}

/** Fills empty tables with every listing as of a position, and says that all up to there is in them. */
async function begin(client: pg.ClientBase, positions: Positions, url: string): Promise<void> {
  const [first, ...lines] = (await (await fetch(`${url}/v1/snapshot`)).text()).trimEnd().split('\n').map((line) => JSON.parse(line) as Line);
  if (lines.pop()?.end?.listings !== lines.length) throw new Error(`The snapshot of ${url} was cut.`);
  for (const { id, name, listedFrom, listedUntil, continuedBy } of lines) {
    if (continuedBy) continue;
    await client.query(SAY, [id, 'name', listedFrom, name]);
    await client.query(SAY, [id, 'listed', listedFrom, 'yes']);
    if (listedUntil) await client.query(SAY, [id, 'listed', listedUntil, 'no']);
  }
  await positions.startAfter(client, BigInt(first!.snapshot!.position));
}

const settings = kafkaSettings();
if (!settings) throw new Error('LISTORY_KAFKA_BROKERS is not set.');
const kafka = new Kafka({ ...settings, clientId: 'counterparties' });
const pool = new pg.Pool({ connectionString: process.env.COUNTERPARTIES_DATABASE_URL });
const positions = new Positions('counterparties');

async function inTransaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

await inTransaction(async (client) => {
  await client.query(TABLES);
  await positions.prepare(client);
  const { rows } = await client.query('select from listory_positions limit 1');
  if (process.env.LISTORY_URL && rows.length === 0) await begin(client, positions, process.env.LISTORY_URL);
});
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
console.log('ready');
await consume(kafka, {
  group: process.env.COUNTERPARTIES_GROUP ?? 'counterparties',
  topic: topicNames(settings.prefix).events,
  positionOf: (partition) => positions.of(pool, partition),
  signal: stop.signal,
  waiting: (error) => console.error(String(error)),
  async handle(unseen) {
    await inTransaction(async (client) => {
      await positions.advance(client, unseen);
      for (const event of unseen.events) await apply(client, event);
    });
    console.log(`at ${unseen.to.sequence}`);
  },
});
await pool.end();
process.exit(0);
