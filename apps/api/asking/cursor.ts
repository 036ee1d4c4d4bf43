import { createHash } from 'node:crypto';
import { isDate } from '@listory/listings';
import { Problem } from '../problems.js';

/** Where a page begins, and the first page's state of knowledge, to which all pages are bound. */
export interface Cursor {
  position: bigint;
  asOf: string;
  /** `knownAt` as it was asked for. */
  knownAt: string | null;
  /** After the last row of the page before: what that is, its question knows. */
  place: Place;
  total: number;
}

export type Place = (string | number)[];

/** An opaque text out of which `readCursor` makes the same again. */
export function writeCursor({ position, asOf, knownAt, place, total }: Cursor, question: string): string {
  return Buffer.from(JSON.stringify([mark(question), String(position), asOf, knownAt, place, total])).toString('base64url');
}

/**
 * @param question path and filters that the cursor has to be of
 * @throws Problem where it is none of ours, or of another question
 */
export function readCursor(text: string, question: string): Cursor {
  const wrong = (why: string) => new Problem('invalid-cursor', `This cursor ${why}. Ask for the first page again, without it.`, { parameter: 'cursor' });
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw wrong('is not one that this service has given');
  }
  if (!isCursor(read)) throw wrong('is not one that this service has given');
  const [of, position, asOf, knownAt, place, total] = read;
  if (of !== mark(question)) throw wrong('belongs to another question');
  return { position: BigInt(position), asOf, knownAt, place, total };
}

type Written = [mark: string, position: string, asOf: string, knownAt: string | null, place: Place, total: number];

function isCursor(read: unknown): read is Written {
  if (!Array.isArray(read) || read.length !== 6) return false;
  const [of, position, asOf, knownAt, place, total] = read as unknown[];
  return (
    typeof of === 'string' &&
    typeof position === 'string' && /^\d{1,18}$/.test(position) &&
    typeof asOf === 'string' && isDate(asOf) &&
    (knownAt === null || typeof knownAt === 'string') &&
    Array.isArray(place) && place.length < 5 && place.every(isPlain) &&
    Number.isSafeInteger(total) && (total as number) >= 0
  );
}

function isPlain(one: unknown): boolean {
  return typeof one === 'string' ? !/[\0\ud800-\udfff]/.test(one) && one.length < 1000 : Number.isSafeInteger(one) && (one as number) >= 0;
}

function mark(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 12);
}
