import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { QueryBus, type IQuery } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { knowledgeAt, type Knowledge } from '@listory/views';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems.js';
import { readCursor, writeCursor, type Cursor, type Place } from './cursor.js';
import { toJson } from './json-text.js';
import type { Asked } from './question.js';

/** As of when, and as known when: decided once for everything in one answer. */
export interface Moments {
  /** `YYYY-MM-DD`. */
  asOf: string;
  knownAt: Knowledge;
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

  /** Answers with the JSON of what the question gives; a page's `next` becomes a cursor. */
  async give<P extends Timed>(asked: Asked<P>, questionFor: (moments: Moments, page: Page) => IQuery): Promise<void> {
    const { parameters, request, reply } = asked;
    const { cursor, moments } = await this.momentsOf(asked);
    if (isKnownToClient(request, reply, parameters, moments)) return;
    const page: Page = { limit: parameters.limit ?? 1000, after: cursor?.place ?? null, total: cursor?.total ?? null };
    const answer = await this.queries.execute<IQuery, Record<string, unknown>>(questionFor(moments, page));
    if (Array.isArray(answer.next)) {
      const next = { position: moments.knownAt.position, asOf: moments.asOf, knownAt: parameters.knownAt ?? null };
      answer.next = writeCursor({ ...next, place: answer.next as Place, total: answer.total as number }, questionOf(asked));
    }
    reply.type('application/json; charset=utf-8').send(toJson(answer));
  }

  /** As of when and as known when; the cursor decides where there is one. */
  async momentsOf<P extends Timed>(asked: Asked<P>): Promise<{ moments: Moments; cursor: Cursor | null }> {
    const { asOf, knownAt, cursor: text } = asked.parameters;
    const { pool } = this.database;
    if (text === undefined) return { moments: { asOf: asOf ?? today(), knownAt: await knowledgeAt(pool, knownAt) }, cursor: null };
    const cursor = readCursor(text, questionOf(asked));
    const differs = (name: string) => new Problem('invalid-cursor', `This cursor belongs to a question with another ${name}.`, { parameter: 'cursor' });
    if (asOf !== undefined && asOf !== cursor.asOf) throw differs('asOf');
    if (knownAt !== undefined && knownAt !== cursor.knownAt) throw differs('knownAt');
    const knowledge = await knowledgeAt(pool, `@${cursor.position}`);
    if (knowledge.position !== cursor.position) throw differs('state of this service');
    return { moments: { asOf: cursor.asOf, knownAt: knowledge }, cursor };
  }
}

/** Today's date in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Sets the ETag, made of position and question; answers 304 and says true where the client has this answer already.
 */
export function isKnownToClient(request: FastifyRequest, reply: FastifyReply, parameters: object, { asOf, knownAt }: Moments): boolean {
  const path = request.url.split('?')[0]!;
  const question = JSON.stringify([path, asOf, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)), request.headers.accept ?? '']);
  const etag = `"${knownAt.position}-${createHash('sha256').update(question).digest('base64url').slice(0, 16)}"`;
  reply.header('etag', etag).header('vary', 'accept').header('cache-control', 'no-cache');
  const held = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (!held.includes(etag)) return false;
  reply.code(304).send();
  return true;
}

/** Path and filters: what a cursor has to belong to. */
function questionOf({ parameters, request }: Asked<object>): string {
  const { asOf: _asOf, knownAt: _knownAt, cursor: _cursor, limit: _limit, ...filters } = parameters as Record<string, unknown>;
  return JSON.stringify([request.url.split('?')[0], Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
