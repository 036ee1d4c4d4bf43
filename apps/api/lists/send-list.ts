import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toJson } from '../asking/json-text.js';
import type { Rests } from '../asking/rests.js';
import type { ListAnswer } from './list-as-of.js';
import { csvOfLines } from './list-csv.js';

/** The forms of a list that have a listing a line, and so no room for what they rest on: that stands in the headers. */
const LINES = { 'application/x-ndjson': 'application/x-ndjson', 'text/csv': 'text/csv; charset=utf-8' } as const;

export type LinesType = keyof typeof LINES;

export function isLinesType(mediaType: string): mediaType is LinesType {
  return Object.hasOwn(LINES, mediaType);
}

/** Sends lines, with what they rest on in the headers. */
export function sendLines(reply: FastifyReply, mediaType: LinesType, rests: Rests, total: number, lines: Readable): void {
  const { asOf, knownAt, basis } = rests;
  reply.header('listory-as-of', asOf).header('listory-known-at', `@${knownAt.position}`).header('listory-basis', basis);
  reply.header('listory-total', String(total));
  if (knownAt.notice) reply.header('listory-notice', knownAt.notice.detail.replace(/[^\x20-\x7e]+/g, ' '));
  reply.type(LINES[mediaType]).send(lines);
}

/** Sends one page of a list as lines; where there is a next page, `Link` says its address. */
export function pageSender(request: FastifyRequest, mediaType: LinesType): (reply: FastifyReply, answer: Record<string, unknown>) => void {
  return (reply, answer) => {
    const { total, listings, next, ...rests } = answer as unknown as Omit<ListAnswer, 'next'> & { next: string | null };
    const lines = Readable.from(listings.map((listing) => `${toJson(listing)}\n`), { objectMode: false });
    if (next !== null) reply.header('link', `<${addressWith(request.url, next)}>; rel="next"`);
    sendLines(reply, mediaType, rests, total, mediaType === 'text/csv' ? csvOfLines(lines) : lines);
  };
}

function addressWith(url: string, cursor: string): string {
  const [path, query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters}`;
}
