import { Readable } from 'node:stream';
import { Controller, type BeforeApplicationShutdown } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ref } from '@listory/contracts';
import { headPosition } from '@listory/event-log';
import { Database } from '@listory/postgres';
import type { FastifyReply } from 'fastify';
import { isKnownToClient } from '../asking/etag.js';
import { Asking, Answers, type Asked } from '../asking/question.js';
import { toJson } from '../asking/json-text.js';
import { requireListOrCompilation } from '../asking/known-lists.js';
import { Problem } from '../problems.js';
import { eventLines } from './event-lines.js';
import { followEvents } from './follow-events.js';
import { RecordedEvents, requireRecorded, type EventFilter, type EventsAnswer } from './recorded-events.js';

/** A line that says nothing, for proxies that end silent connections. */
const HEARTBEAT_MS = 15_000;

/** How long a slow client may take to hear the end. */
const LAST_WORDS_MS = 1_000;

@Controller('v1')
export class EventsController implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly open = new Set<Promise<void>>();

  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  @Answers({
    path: 'events',
    tag: 'events',
    summary: 'The log as CloudEvents',
    description:
      'With `Accept: text/event-stream` it follows the log for ever: each event is one message whose `id` is its position; ' +
      'a client that comes back with `Last-Event-ID` goes on after it. With `Accept: application/x-ndjson` everything up to the ' +
      'head comes in one fast stream, an event a line, or `limit` of it: the header `listory-head` says which position that is. ' +
      'With `wait` an answer in JSON that would be empty comes as soon as there is an event. A position beyond the head of the log is refused.',
    query: { after: 'after', limit: 'limit', list: 'list', type: 'type', wait: 'wait' },
    answer: { 'application/json': ref('EventsAnswer'), 'application/x-ndjson': ref('CloudEvent'), 'text/event-stream': { type: 'string' } },
    problems: [404],
  })
  async events(@Asking() asked: Asked<EventFilter & { limit: number; wait: number }>): Promise<void> {
    const { parameters, request, reply } = asked;
    const { limit, wait, ...filter } = parameters;
    if (filter.list !== undefined) requireListOrCompilation(filter.list);
    if (asked.mediaType === 'text/event-stream') return this.follow({ ...filter, ...resumed(request.headers['last-event-id']) }, reply);
    if (asked.mediaType === 'application/x-ndjson') return this.sendLines(filter, 'limit' in (request.query as object) ? limit : Infinity, reply);
    const answer = (wait > 0 && (await this.awaited(filter, limit, wait, reply))) || (await this.queries.execute<RecordedEvents, EventsAnswer>(new RecordedEvents(filter, limit)));
    if (isKnownToClient(asked, answer.head)) return;
    reply.type('application/json; charset=utf-8').send(toJson(answer));
  }

  /** Ends every stream, so that the server can stop; clients come back where they were. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.open);
  }

  /** @throws Problem, before the first line, where it would begin beyond the head */
  private async sendLines(filter: EventFilter, limit: number, reply: FastifyReply): Promise<void> {
    const { pool } = this.database;
    const head = await headPosition(pool);
    requireRecorded(filter.after, head, 'after');
    reply.header('listory-head', String(head)).header('cache-control', 'no-store').type('application/x-ndjson');
    reply.send(Readable.from(eventLines(pool, filter, head, limit), { objectMode: false }));
  }

  /** The first page with an event, or the empty one when the time is over; null where this process stops or the client has gone. */
  private async awaited(filter: EventFilter, limit: number, seconds: number, reply: FastifyReply): Promise<EventsAnswer | null> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.stopping.signal]);
    for await (const page of followEvents(this.queries, this.database.pool, filter, signal, seconds * 1_000, limit)) return page;
    return null;
  }

  /** @throws Problem, before the stream begins, where it would begin beyond the head */
  private async follow({ resumes, ...filter }: EventFilter & { resumes?: true }, reply: FastifyReply): Promise<void> {
    requireRecorded(filter.after, await headPosition(this.database.pool), resumes ? 'Last-Event-ID' : 'after');
    const stream = this.stream(filter, reply);
    this.open.add(stream);
    return stream.finally(() => this.open.delete(stream));
  }

  private async stream(filter: EventFilter, reply: FastifyReply): Promise<void> {
    reply.hijack();
    const { raw } = reply;
    const gone = new AbortController();
    const signal = AbortSignal.any([gone.signal, this.stopping.signal]);
    raw.once('close', () => gone.abort());
    raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' });
    raw.write('retry: 1000\n\n');
    try {
      for await (const { events } of followEvents(this.queries, this.database.pool, filter, signal, HEARTBEAT_MS)) {
        const messages = events.map((event) => `id: ${Number(event.sequence)}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
        const isTaken = raw.write(messages.length ? messages.join('') : ': still here\n\n');
        if (!isTaken) await drained(raw, signal);
      }
    } finally {
      await ended(raw);
    }
  }
}

/** Where a client that comes back goes on. */
function resumed(header: string | string[] | undefined): { after: number; resumes: true } | undefined {
  if (header === undefined) return undefined;
  const text = String(header);
  if (/^\d{1,15}$/.test(text)) return { after: Number(text), resumes: true };
  throw new Problem('invalid-parameter', 'Last-Event-ID has to be the id of a message of this stream: a position.', { parameter: 'Last-Event-ID' });
}

/** Ends a stream; a client that does not take the rest in time is cut off. */
async function ended(raw: FastifyReply['raw']): Promise<void> {
  if (raw.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => raw.destroy(), LAST_WORDS_MS);
    raw.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    raw.end(() => raw.destroy());
  });
}

/** Waits until a slow client has taken what was written. */
async function drained(raw: FastifyReply['raw'], signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    raw.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
