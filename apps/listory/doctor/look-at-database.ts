import { statfs } from 'node:fs/promises';
import { headPosition, lags } from '@listory/event-log';
import { freshness } from '@listory/fetching';
import { standstills } from '@listory/views';
import type { Pool } from 'pg';
import { ok, watch, wrong, type Diagnosis } from './diagnosis.js';

/** Seconds after which a follower that is behind is no longer just busy. */
const LATE = 60;
/** Seconds by which two clocks may differ. */
const CLOCKS = 5;
/** Bytes that an import of the largest lists and a rebuild want beside each other. */
const ROOM = 2 * 1024 ** 3;

/** The database itself: its size, its clock, its log. */
export async function lookAtDatabase(pool: Pool): Promise<Diagnosis[]> {
  const before = Date.now();
  const { rows } = await pool.query<{ version: string; size: string; bytes: string; now: Date; last: Date | null; connections: number; most: number }>(
    `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
            pg_database_size(current_database())::text as bytes, clock_timestamp() as now, (select max(recorded_at) from log.events where position = batch_end) as last,
            (select count(*)::int from pg_stat_activity) as connections, current_setting('max_connections')::int as most`,
  );
  const { version, size, now, last, connections, most } = rows[0]!;
  const ours = (before + Date.now()) / 2;
  const apart = Math.abs(now.getTime() - ours) / 1000;
  return [
    ok('database', `PostgreSQL ${version}, ${size}, ${await headPosition(pool)} events`),
    apart <= CLOCKS
      ? ok('clock', `the database's is ${apart.toFixed(1)} s from ours`)
      : wrong('clock', `the database's is ${apart.toFixed(0)} s from ours`, 'Let both be set by NTP: instants that are asked for (known at) are compared with the database\'s.'),
    ...(last !== null && last.getTime() > now.getTime() + CLOCKS * 1000
      ? [wrong('clock', `the last event was recorded at ${last.toISOString()}, which is in the future`, 'The clock of the database went back. What is recorded until then gets that instant, so that none goes back in the log.')]
      : []),
    connections < most * 0.8
      ? ok('connections', `${connections} of ${most}`)
      : watch('connections', `${connections} of ${most}`, 'Raise max_connections, or run fewer copies of the services: each takes up to ten.'),
  ];
}

/** Room on the disk of the embedded database. */
export async function lookAtDisk(dataFolder: string): Promise<Diagnosis> {
  const { bavail, bsize } = await statfs(dataFolder);
  const free = bavail * bsize;
  const found = `${(free / 1024 ** 3).toFixed(1)} GB free for ${dataFolder}`;
  return free > ROOM ? ok('disk', found) : wrong('disk', found, 'Make room: an import or a rebuild may want 2 GB, and stops when the disk is full.');
}

/** Everybody who follows the log: views, relays. */
export async function lookAtFollowers(pool: Pool): Promise<Diagnosis[]> {
  const stopped = new Map((await standstills(pool)).map((one) => [`view:${one.view}`, one]));
  return (await lags(pool)).map(({ name, position, events, seconds, isStopped }) => {
    if (isStopped) {
      const advice = 'Start the version of Listory that recorded this event, or a newer one. Answers go on without what follows.';
      return wrong(name, stopped.get(name)?.detail ?? `stands still after position ${position}`, advice);
    }
    if (events === 0n) return ok(name, `at the head, position ${position}`);
    const found = `${events} events behind, the first for ${Math.round(seconds)} s`;
    if (seconds < LATE) return ok(name, found);
    const service = name.startsWith('view:') ? 'projector' : 'relay';
    return wrong(name, found, `Does a ${service} run? Start one (listory serve, or dist/apps/${service}/main.js) and look into its log.`);
  });
}

/** Which process may do what only one may do at a time. */
export async function lookAtLeases(pool: Pool): Promise<Diagnosis[]> {
  const { rows } = await pool.query<{ lease: string; pid: number; since: Date }>(
    `select substr(a.application_name, 15) as lease, a.pid, a.backend_start as since
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and a.application_name like 'listory lease %' order by 1`,
  );
  return rows.map(({ lease, pid, since }) => ok(`lease ${lease}`, `held since ${since.toISOString()} (session ${pid})`));
}

/** How the fetching of each publication stands, and which editions wait for a person. */
export async function lookAtFetching(pool: Pool): Promise<Diagnosis[]> {
  const { rows } = await pool.query<{ list: string; waiting: number }>('select list, count(*)::int as waiting from editions.held where decision is null group by list order by list');
  const held = rows.map(({ list, waiting }) => watch(`held ${list}`, `${waiting} waiting`, 'listory held shows why; decide by listory release or listory discard.'));
  const fetched = (await freshness(pool)).map(({ source, reachedAt, nextDue, failures, isStale }) => {
    const found = `last reached ${reachedAt?.slice(0, 19) ?? 'never'}, ${failures} failures in a row, due ${nextDue.slice(0, 19)}`;
    if (isStale) return wrong(`fetching ${source}`, found, `listory fetches ${source} shows the reasons. Is a collector running?`);
    return failures > 0 ? watch(`fetching ${source}`, found, `listory fetches ${source} shows the reasons.`) : ok(`fetching ${source}`, found);
  });
  return [...held, ...fetched];
}
