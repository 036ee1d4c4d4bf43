import { EventTooLarge } from './errors.js';
import type { Message } from './kafka.js';
import { MAX_MESSAGE_BYTES } from './topics.js';

/** Enough for a request to be worth its while; far below what a broker takes in one request or a topic in one batch. */
const MESSAGES = 2_000;
const BYTES = 4 * 1024 * 1024;

/** What a message has besides its texts, at most. */
const OVERHEAD = 500;

/**
 * Parts messages into requests, in order.
 * @throws {EventTooLarge} before anything is sent
 */
export function chunksOf(topic: string, messages: readonly Message[]): Message[][] {
  const chunks: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = OVERHEAD + message.key.length * 3 + Buffer.byteLength(message.value);
    if (size > MAX_MESSAGE_BYTES) throw new EventTooLarge(topic, message.key, size, MAX_MESSAGE_BYTES);
    if (bytes + size > BYTES || chunks.at(-1)!.length >= MESSAGES) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)!.push(message);
    bytes += size;
  }
  return chunks;
}
