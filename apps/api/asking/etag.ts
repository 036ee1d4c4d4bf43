import { createHash } from 'node:crypto';
import type { Asked } from './question.js';

/**
 * Sets the ETag, made of the position and of everything on which the answer depends besides; answers 304 and says true
 * where the client has this answer already.
 * @param position of the log, up to which the answer knows
 * @param further what the question does not say, such as today's date
 */
export function isKnownToClient({ request, reply, parameters, mediaType }: Asked<object>, position: bigint | number, ...further: string[]): boolean {
  const path = request.url.split('?')[0]!;
  const question = JSON.stringify([path, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)), mediaType, ...further]);
  const etag = `"${position}-${createHash('sha256').update(question).digest('base64url').slice(0, 16)}"`;
  reply.header('etag', etag).header('vary', 'accept').header('cache-control', 'no-cache');
  const held = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (!held.includes(etag)) return false;
  reply.code(304).send();
  return true;
}
