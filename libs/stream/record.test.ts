import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeRecord, type EncodedRecord, type RecordFields } from './record.js';

const require = createRequire(import.meta.url);
const ofKafkajs = require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (fields: RecordFields) => EncodedRecord;

const text = fc.string({ unit: 'binary', maxLength: 300 });
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const fields = fc.record({
  offsetDelta: fc.nat({ max: 1_000_000 }),
  timestampDelta: fc.nat({ max: 1_000_000 }),
  key: fc.oneof(text, bytes, fc.constant(null)),
  value: fc.oneof(text, bytes, fc.constant(null)),
  headers: fc.dictionary(text, fc.oneof(text, bytes)),
});

describe('a record of the Kafka protocol', () => {
  it('is byte for byte what kafkajs writes, whatever it holds', () => {
    fc.assert(fc.property(fields, (one) => expect(encodeRecord(one).buffer.equals(ofKafkajs(one).buffer)).toBe(true)), { numRuns: 500 });
  });

  it('may be of any length', () => {
    for (const length of [0, 63, 64, 127, 128, 8191, 8192, 70_000, 3_000_000]) {
      const one = { key: 'un-sc:QDe.001', value: 'é'.repeat(length), headers: { ce_id: 'x'.repeat(Math.min(length, 200)) } };
      expect(encodeRecord(one).buffer.equals(ofKafkajs(one).buffer)).toBe(true);
    }
  });
});
