import { createHash, randomInt } from 'node:crypto';
import { streamEvents } from '@listory/event-log';
import { endOfDay, endOfDaySeconds, evolve, Timeline, type Json, canonicalJson } from '@listory/listings';
import { listingEventOf } from '@listory/views';
import type { Pool } from 'pg';
import type { Finding } from './finding.js';

/**
 * A plain replay of the log equals the view at random (D, K): the md5 over (listing, state) of a whole list, as of D
 * and as known at K. The replay shares no code with the view's tables: it folds events and asks each timeline.
 */
export async function* checkReplay(db: Pool, samples: number): AsyncGenerator<Finding, void, void> {
  const { rows: lists } = await db.query<{ list: string; first: string; last: string }>(
    'select list, min(moment) as first, max(moment) as last from editions.editions group by list order by list',
  );
  for (const { list, first, last } of lists) {
    const wanted = await statesOfKnowledge(db, list, samples);
    const days = [first, last, dayBetween(first, first, LONG_BEFORE), ...Array.from({ length: samples }, () => dayBetween(first, last))];
    const timelines = new Map<string, Timeline>();
    let reached = 0n;
    for (const known of wanted) {
      for await (const events of streamEvents(db, { after: reached, upTo: known, list })) {
        for (const recorded of events) {
          const event = listingEventOf(recorded);
          if (!event) continue;
          const timeline = timelines.get(event.listing) ?? new Timeline();
          timelines.set(event.listing, timeline);
          evolve(timeline, event);
        }
      }
      reached = known;
      for (const day of new Set(days.map((one) => one.slice(0, 10)))) {
        const [replayed, viewed] = [md5OfReplay(timelines, day), await md5OfView(db, list, day, known)];
        if (replayed !== viewed) {
          const where = `${list} as of ${day} as known at @${known}`;
          yield { promise: 'replay', difference: `${where}: replay gives md5 ${replayed}, the view ${viewed}` };
        }
      }
    }
  }
}

function md5OfReplay(timelines: Map<string, Timeline>, day: string): string {
  const lines: string[] = [];
  for (const [listing, timeline] of timelines) {
    const state = timeline.stateAt(endOfDay(day));
    if (state) lines.push(`${listing} ${canonicalJson(state as unknown as Json)}`);
  }
  return md5(lines);
}

async function md5OfView(db: Pool, list: string, day: string, known: bigint): Promise<string> {
  const { rows } = await db.query<{ listing: string; body: string; declared_from: string | null }>(
    `select v.listing, s.body, v.declared_from from listings.versions v join listings.states s using (state_id)
      where v.list = $1 and v.valid_from <= $2 and v.valid_to > $2 and v.known_from <= $3 and v.known_to > $3`,
    [list, endOfDaySeconds(day), String(known)],
  );
  return md5(
    rows.map(({ listing, body, declared_from: declaredFrom }) => {
      const { id: _id, list: _list, ...content } = JSON.parse(body) as Record<string, Json>;
      return `${listing} ${canonicalJson({ ...content, declaredFrom })}`;
    }),
  );
}

function md5(lines: string[]): string {
  return createHash('md5').update(lines.sort().join('\n')).digest('hex');
}

/** Ends of appends in which something of the list was recorded (editions, corrections, links): the last and random ones. */
async function statesOfKnowledge(db: Pool, list: string, count: number): Promise<bigint[]> {
  const { rows } = await db.query<{ position: string }>(
    `(select batch_end::text as position from log.events where list = $1 order by log.events.position desc limit 1)
      union (select batch_end::text from log.events where list = $1 order by random() limit $2)`,
    [list, count],
  );
  return rows.map((row) => BigInt(row.position)).sort((a, b) => (a < b ? -1 : 1));
}

/** Days before the first edition of which answers rest on declared dates: some ten years. */
const LONG_BEFORE = 3_650;

function dayBetween(first: string, last: string, before = 30): string {
  const [from, to] = [first, last].map((day) => Date.parse(day.slice(0, 10)) / 86_400_000) as [number, number];
  return new Date(randomInt(from - before, to + 31) * 86_400_000).toISOString().slice(0, 10);
}
