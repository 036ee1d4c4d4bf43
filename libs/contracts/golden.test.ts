import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { RecordedEvent } from '@listory/event-log';
import { evolve, Timeline, type ListingEvent } from '@listory/listings';
import { cloudEventText, dataSchemaName, eventVersions, schemas, storedTypeOf, toCloudEvent, upcast, type CloudEvent, type Upcaster, type Upcasters } from './index.js';

interface Golden {
  recorded: Omit<RecordedEvent, 'position' | 'version' | 'batchEnd'> & { position: number; version: number; batchEnd: number };
  cloudEvent: CloudEvent;
}

const folder = join(process.cwd(), 'libs/contracts/golden');
const files = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

function golden(name: string): { recorded: RecordedEvent; cloudEvent: CloudEvent } {
  const { recorded, cloudEvent } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Golden;
  const { position, version, batchEnd } = recorded;
  return { recorded: { ...recorded, position: BigInt(position), version: BigInt(version), batchEnd: BigInt(batchEnd) }, cloudEvent };
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'contracts', components: { schemas } });
const errorsOf = (schema: string, value: unknown) => {
  const validate = ajv.compile({ $ref: `contracts#/components/schemas/${schema}` });
  return validate(value) ? [] : validate.errors;
};

describe('an event that was ever recorded', () => {
  it('has a golden file for each type and version', () => {
    const wanted = Object.entries(eventVersions).flatMap(([type, newest]) => Array.from({ length: newest }, (_, index) => `${type}.v${index + 1}`));
    expect([...files].sort()).toEqual(wanted.sort());
  });

  it.each(files)('%s is shown as it always was', (name) => {
    const { recorded, cloudEvent } = golden(name);
    if (recorded.schemaVersion === eventVersions[recorded.type]) expect(toCloudEvent(recorded)).toEqual(cloudEvent);
    else expect(toCloudEvent(recorded).type).toBe(`org.listory.${recorded.type}.v${eventVersions[recorded.type]}`);
  });

  it.each(files)('%s is what its schema says', (name) => {
    const event = toCloudEvent(golden(name).recorded);
    expect(errorsOf('CloudEvent', event)).toEqual([]);
    expect(errorsOf(dataSchemaName(storedTypeOf(event.type)), event.data)).toEqual([]);
  });

  it.each(files.filter((name) => !/^(edition|fetch)\./.test(name)))('%s still changes what is known of its listing', (name) => {
    const { recorded } = golden(name);
    const { type, data } = upcast(recorded);
    const timeline = new Timeline();
    timeline.set('presence', '2000-01-01', true, 'edition');
    const before = timeline.written();
    evolve(timeline, { ...recorded, type, listing: recorded.subject, data } as unknown as ListingEvent);
    expect(timeline.written()).not.toEqual(before);
  });
});

describe('an event of an older shape', () => {
  // Invented: version 1 called the party's name `title`, version 2 `label`.
  const known: Upcasters = new Map<string, Upcaster>([
    ['party.named.v1', ({ title, ...rest }) => ({ ...rest, label: title })],
    ['party.named.v2', ({ label, ...rest }) => ({ ...rest, name: label })],
  ]);
  const old = { ...golden('listing.added.v1').recorded, type: 'party.named', schemaVersion: 1, data: { title: 'Sugon', list: 'us-bis-el' } };

  it('is shown in the newest version of its type', () => {
    expect(toCloudEvent(old, known)).toMatchObject({ type: 'org.listory.party.named.v3', data: { name: 'Sugon', list: 'us-bis-el' } });
    expect(toCloudEvent({ ...old, schemaVersion: 2, data: { label: 'Sugon' } }, known)).toMatchObject({ type: 'org.listory.party.named.v3', data: { name: 'Sugon' } });
  });

  it('is so as text, too; one of the newest shape is the text that is stored', () => {
    expect(cloudEventText(old, JSON.stringify(old.data), known)).toBe(JSON.stringify(toCloudEvent(old, known)));
    const newest = golden('listing.added.v1').recorded;
    expect(cloudEventText(newest, JSON.stringify(newest.data))).toBe(JSON.stringify(toCloudEvent(newest)));
  });

  it('stays as it was recorded', () => {
    const before = JSON.stringify(old.data);
    toCloudEvent(old, known);
    expect(JSON.stringify(old.data)).toBe(before);
  });
});
