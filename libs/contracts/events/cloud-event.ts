import type { RecordedEvent } from '@listory/event-log';
import { upcast, upcasters, type Upcasters } from './upcasters.js';

/** An event as others see it: CloudEvents 1.0, the same over HTTP, SSE and Kafka. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  /** `/lists/<list>`. */
  source: string;
  /** `org.listory.<type>.v<version>`. */
  type: string;
  /** The listing, or the sha256 of the edition. */
  subject: string;
  /** When it was recorded. */
  time: string;
  datacontenttype: 'application/json';
  /** Position in the log, zero-padded to 20 digits. */
  sequence: string;
  /** The day on which the change took effect; absent where the event has none. */
  effectivedate?: string;
  cause: string;
  changeclass?: 'substantive' | 'editorial';
  data: Record<string, unknown>;
}

const PREFIX = 'org.listory.';

/** A recorded event as CloudEvents 1.0; one of an older shape is brought to the newest version of its type. */
export function toCloudEvent(recorded: RecordedEvent, known: Upcasters = upcasters): CloudEvent {
  const { type, version, data } = upcast(recorded, known);
  return { ...attributesOf(recorded, type, version), data };
}

/**
 * The same as JSON text, byte for byte what JSON.stringify makes of `toCloudEvent`. Data of the newest version goes out as
 * the text that is stored, which is neither parsed nor written anew.
 * @param stored the data as it is stored
 */
export function cloudEventText(recorded: RecordedEvent, stored: string, known: Upcasters = upcasters): string {
  const { type, schemaVersion } = recorded;
  if (known.has(`${type}.v${schemaVersion}`)) return JSON.stringify(toCloudEvent(recorded, known));
  return `${JSON.stringify(attributesOf(recorded, type, schemaVersion)).slice(0, -1)},"data":${stored}}`;
}

function attributesOf(recorded: RecordedEvent, type: string, version: number): Omit<CloudEvent, 'data'> {
  return {
    specversion: '1.0',
    id: recorded.id,
    source: `/lists/${recorded.list}`,
    type: `${PREFIX}${type}.v${version}`,
    subject: recorded.subject,
    time: recorded.recordedAt,
    datacontenttype: 'application/json',
    sequence: String(recorded.position).padStart(20, '0'),
    ...(recorded.effectiveAt === null ? {} : { effectivedate: recorded.effectiveAt.slice(0, 10) }),
    cause: recorded.cause,
    ...(recorded.changeClass === null ? {} : { changeclass: recorded.changeClass }),
  };
}

/** The stored type of an event type as others write it: with or without prefix and version. */
export function storedTypeOf(type: string): string {
  return type.replace(/^org\.listory\./, '').replace(/\.v\d+$/, '');
}
