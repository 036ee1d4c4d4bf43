import { describe, expect, it } from '@jest/globals';
import { KafkaSettingError } from './errors.js';
import { kafkaSettings } from './settings.js';

const brokers = { LISTORY_KAFKA_BROKERS: 'kafka1:9092, [::1]:9093' };

describe('the settings of Kafka', () => {
  it('are none without brokers', () => {
    expect(kafkaSettings({})).toBeNull();
    expect(kafkaSettings({ LISTORY_KAFKA_BROKERS: '' })).toBeNull();
  });

  it('name brokers, and topics by a prefix', () => {
    expect(kafkaSettings(brokers)).toEqual({ brokers: ['kafka1:9092', '[::1]:9093'], clientId: 'listory', prefix: 'listory.' });
    expect(kafkaSettings({ ...brokers, LISTORY_KAFKA_PREFIX: '' })?.prefix).toBe('');
  });

  it('pass TLS and SASL on', () => {
    const env = { ...brokers, LISTORY_KAFKA_TLS: '1', LISTORY_KAFKA_SASL: 'SCRAM-SHA-512', LISTORY_KAFKA_USERNAME: 'relay', LISTORY_KAFKA_PASSWORD: 'secret' };
    expect(kafkaSettings(env)).toMatchObject({ tls: {}, sasl: { mechanism: 'scram-sha-512', username: 'relay', password: 'secret' } });
    expect(kafkaSettings({ ...brokers, LISTORY_KAFKA_TLS: 'package.json' })?.tls).toMatchObject({ ca: expect.any(Buffer) });
  });

  it.each([
    ['LISTORY_KAFKA_BROKERS', 'kafka1'],
    ['LISTORY_KAFKA_PREFIX', 'a b'],
    ['LISTORY_KAFKA_TLS', 'no/such/file.pem'],
    ['LISTORY_KAFKA_SASL', 'md5'],
    ['LISTORY_KAFKA_SASL', 'plain'],
  ])('say what is wrong with %s=%s', (name, value) => {
    expect(() => kafkaSettings({ ...brokers, [name]: value })).toThrow(KafkaSettingError);
  });

  it('never show the password', () => {
    const env = { ...brokers, LISTORY_KAFKA_SASL: 'plain', LISTORY_KAFKA_PASSWORD: 'secret' };
    expect(() => kafkaSettings(env)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('secret') }) as never);
  });
});
