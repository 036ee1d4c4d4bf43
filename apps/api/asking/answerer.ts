import { Injectable } from '@nestjs/common';
import { QueryBus, type IQuery } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import type { FastifyReply } from 'fastify';
import { Problem } from '../problems.js';
import { readCursor, writeCursor, type Cursor, type Place } from './cursor.js';
import { isKnownToClient } from './etag.js';
import { toJson } from './json-text.js';
import { knownBy, type Known } from './known-at.js';
import type { Asked } from './question.js';

/** As of when, and as known when: decided once for everything in one answer. */
export interface Moments {
  /** `YYYY-MM-DD`. */
  asOf: string;
  knownAt: Known;
}

/** Which page of an answer. */
export interface Page {
  limit: number;
  /** null on the first page. */
  after: Place | null;
  /** The number of all rows, known from the first page on. */
  total: number | null;
}

/** Parameters that say as of when, as known when, and which page. */
interface Timed {
  asOf?: string;
  knownAt?: string;
  cursor?: string;
  limit?: number;
}

/** Answers questions over HTTP: decides the state of knowledge, asks the bus, and spares what the client has already. */
@Injectable()
export class Answerer {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  /**
   * Answers with what the question gives; a page's `next` becomes a cursor.
   * @param send how the answer is written; default: as JSON
   */
  async give<P extends Timed>(asked: Asked<P>, questionFor: (moments: Moments, page: Page) => IQuery, send = sendJson): Promise<void> {
    const { parameters, reply } = asked;
    const { cursor, moments } = await this.momentsOf(asked);
    if (isInClientsHands(asked, moments)) return;
    const page: Page = { limit: parameters.limit ?? 1000, after: cursor?.place ?? null, total: cursor?.total ?? null };
    const answer = await this.queries.execute<IQuery, Record<string, unknown>>(questionFor(moments, page));
    if (Array.isArray(answer.next)) {
      const next = { position: moments.knownAt.position, asOf: moments.asOf, knownAt: parameters.knownAt ?? null };
      answer.next = writeCursor({ ...next, place: answer.next as Place, total: answer.total as number }, questionOf(asked));
    }
    send(reply, answer);
  }

  /** As of when and as known when; the cursor decides where there is one. */
  async momentsOf<P extends Timed>(asked: Asked<P>): Promise<{ moments: Moments; cursor: Cursor | null }> {
    const { asOf, knownAt, cursor: text } = asked.parameters;
    const { pool } = this.database;
    if (text === undefined) return { moments: { asOf: asOf ?? today(), knownAt: await knownBy(pool, knownAt) }, cursor: null };
    const cursor = readCursor(text, questionOf(asked));
    const differs = (name: string) => new Problem('invalid-cursor', `This cursor belongs to a question with another ${name}.`, { parameter: 'cursor' });
    if (asOf !== undefined && asOf !== cursor.asOf) throw differs('asOf');
    if (knownAt !== undefined && knownAt !== cursor.knownAt) throw differs('knownAt');
    const knowledge = await knownBy(pool, `@${cursor.position}`);
    if (knowledge.position !== cursor.position) throw differs('state of this service');
    return { moments: { asOf: cursor.asOf, knownAt: knowledge }, cursor };
  }
}

/** Today's date in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Answers 304 and says true where the client has the answer of these moments already. */
export function isInClientsHands(asked: Asked<object>, { asOf, knownAt }: Moments): boolean {
  return isKnownToClient(asked, knownAt.position, asOf, knownAt.notice?.detail ?? '', ...(knownAt.stale ?? []));
}

function sendJson(reply: FastifyReply, answer: Record<string, unknown>): void {
  reply.type('application/json; charset=utf-8').send(toJson(answer));
}

/** Path and filters: what a cursor has to belong to. */
function questionOf({ parameters, request }: Asked<object>): string {
  const { asOf: _asOf, knownAt: _knownAt, cursor: _cursor, limit: _limit, ...filters } = parameters as Record<string, unknown>;
  return JSON.stringify([request.url.split('?')[0], Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
