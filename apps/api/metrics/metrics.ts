import { Injectable } from '@nestjs/common';
import { headPosition, lags } from '@listory/event-log';
import { freshness } from '@listory/fetching';
import { Database } from '@listory/postgres';
import { listSummaries } from '@listory/views';
import { Gauge, Histogram, Registry } from 'prom-client';
import { compilations } from '../asking/known-lists.js';

/** Upper bounds in seconds: one listing is answered in milliseconds, a whole list in tenths of a second. */
const DURATIONS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What this process and its database tell a Prometheus server; the facts of the database are read at each scrape. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'listory_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS,
    registers: [this.registry],
  });
  private readonly head = this.gauge('listory_log_head_position', 'Position of the last event of the log');
  private readonly position = this.gauge('listory_follower_position', 'Last position that the follower has handled', 'follower');
  private readonly behind = this.gauge('listory_follower_lag_events', 'Events that the follower has not handled', 'follower');
  private readonly late = this.gauge('listory_follower_lag_seconds', 'Age of the first event that the follower has not handled', 'follower');
  private readonly stopped = this.gauge('listory_follower_stopped', '1 where the follower stands still before an event that it cannot handle', 'follower');
  private readonly checked = this.gauge('listory_list_checked_timestamp_seconds', 'When the list was last fetched successfully', 'list');
  private readonly fetched = this.gauge('listory_list_fetched_timestamp_seconds', 'When a fetch of the list was last tried', 'list');
  private readonly due = this.gauge('listory_fetch_due_timestamp_seconds', 'When the publication is fetched next', 'publication');
  private readonly failures = this.gauge('listory_fetch_failures', 'Failed fetches of the publication in a row', 'publication');
  private readonly stale = this.gauge('listory_fetch_stale', '1 where the publication was not reached for longer than its limit', 'publication');
  private readonly listings = this.gauge('listory_list_listings', 'Listings in effect today', 'list');
  private readonly held = this.gauge('listory_list_held_editions', 'Editions of the list that wait for a person', 'list');

  constructor(private readonly database: Database) {}

  /** The type of what `render` gives. */
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** Notes one answered request. @param route as it is declared, such as `/v1/listings/:id` */
  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** All of it, in the text format of Prometheus. */
  async render(): Promise<string> {
    const { pool } = this.database;
    const head = await headPosition(pool);
    const [followers, fetching, lists] = await Promise.all([
      lags(pool),
      freshness(pool),
      listSummaries(pool, new Date().toISOString().slice(0, 10), head, compilations),
    ]);
    this.head.set(Number(head));
    for (const gauge of [this.position, this.behind, this.late, this.stopped, this.checked, this.fetched, this.due, this.failures, this.stale, this.listings, this.held]) gauge.reset();
    for (const { source: publication, nextDue, failures, isStale } of fetching) {
      this.due.set({ publication }, Date.parse(nextDue) / 1000);
      this.failures.set({ publication }, failures);
      this.stale.set({ publication }, isStale ? 1 : 0);
    }
    for (const { name: follower, position, events, seconds, isStopped } of followers) {
      this.position.set({ follower }, Number(position));
      this.behind.set({ follower }, Number(events));
      this.late.set({ follower }, seconds);
      this.stopped.set({ follower }, isStopped ? 1 : 0);
    }
    for (const { list, checked, fetched, listings, waiting } of lists) {
      if (checked !== null) this.checked.set({ list }, Date.parse(checked) / 1000);
      if (fetched !== null) this.fetched.set({ list }, Date.parse(fetched) / 1000);
      this.listings.set({ list }, listings);
      this.held.set({ list }, waiting);
    }
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
