import { toCloudEvent, upcasters, type CloudEvent, type Upcasters } from '@listory/contracts';
import { dataText, type RecordedEvent } from '@listory/event-log';
import { isListingEventType } from '@listory/listings';
import { NotAnEvent } from './errors.js';
import type { Message, ReceivedMessage } from './kafka.js';

const NOTHING: Record<string, unknown> = {};

/**
 * A recorded event as a message: the Kafka binding of CloudEvents 1.0 in binary mode (attributes as headers `ce_…`, the
 * value is the data as JSON). The key is the listing, or the list for events about editions and fetches.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */
export function eventMessage(event: RecordedEvent, known: Upcasters = upcasters): Message {
  const isNewest = !known.has(`${event.type}.v${event.schemaVersion}`);
  // Data of the newest version goes out as the text that is stored, which need not be parsed.
  const { data, datacontenttype, ...attributes } = toCloudEvent(isNewest ? withoutData(event) : event, known);
  const headers: Record<string, string> = { 'content-type': datacontenttype };
  for (const name in attributes) headers[headerName(name)] = attributes[name as keyof typeof attributes]!;
  return { key: isListingEventType(event.type) ? event.subject : event.list, value: isNewest ? dataText(event) : JSON.stringify(data), headers };
}

const headerNames = new Map<string, string>();

/** The same text each time: a new one for each header of each message would be work for the collector of garbage. */
function headerName(attribute: string): string {
  let name = headerNames.get(attribute);
  if (name === undefined) headerNames.set(attribute, (name = `ce_${attribute}`));
  return name;
}

function withoutData({ position, list, version, id, type, subject, effectiveAt, cause, changeClass, schemaVersion, recordedAt, batchEnd }: RecordedEvent): RecordedEvent {
  return { position, list, version, id, type, subject, effectiveAt, cause, changeClass, schemaVersion, recordedAt, batchEnd, data: NOTHING };
}

/** The position of the log that a message stands for, from its header `ce_sequence` or `sequence`; null without one. */
export function sequenceOf({ headers = {} }: ReceivedMessage): bigint | null {
  const text = headerOf(headers, 'ce_sequence') ?? headerOf(headers, 'sequence');
  return text !== null && /^\d{1,20}$/.test(text) ? BigInt(text) : null;
}

/**
 * The event of a message.
 * @throws {NotAnEvent} where it is none
 */
export function cloudEventOf(message: ReceivedMessage, topic: string, partition: number): CloudEvent {
  const refuse = (what: string) => new NotAnEvent(topic, partition, message.offset, what);
  const { value, headers = {} } = message;
  if (value === null) throw refuse('it has no value');
  const event: Record<string, unknown> = { datacontenttype: headerOf(headers, 'content-type') ?? 'application/json' };
  for (const name of Object.keys(headers)) if (name.startsWith('ce_')) event[name.slice(3)] = headerOf(headers, name);
  for (const name of ['specversion', 'id', 'source', 'type', 'subject', 'sequence']) if (typeof event[name] !== 'string') throw refuse(`it has no header ce_${name}`);
  try {
    event.data = JSON.parse(value.toString('utf8'));
  } catch {
    throw refuse('its value is not JSON');
  }
  return event as unknown as CloudEvent;
}

function headerOf(headers: NonNullable<ReceivedMessage['headers']>, name: string): string | null {
  const value = headers[name];
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined ? null : one.toString();
}
