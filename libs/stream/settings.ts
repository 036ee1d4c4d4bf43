import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { KafkaSettingError } from './errors.js';

/** How to reach Kafka. */
export interface KafkaSettings {
  /** `host:port` of some brokers of the cluster. */
  brokers: string[];
  /** Shown in the brokers' logs and quotas. Default `listory`. */
  clientId?: string;
  /** Before the names of topics, groups and transactional ids. Default `listory.`. */
  prefix?: string;
  tls?: boolean | ConnectionOptions;
  sasl?: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string };
}

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

/**
 * Reads LISTORY_KAFKA_BROKERS, _PREFIX, _CLIENT_ID, _TLS (1, or the path of a file with the authority's certificate),
 * _TLS_CERT and _TLS_KEY (paths, for brokers that ask for a client's certificate), _SASL (plain, scram-sha-256,
 * scram-sha-512), _USERNAME, _PASSWORD. Null without brokers: no Kafka.
 * @throws {KafkaSettingError}
 */
export function kafkaSettings(env: NodeJS.ProcessEnv = process.env): KafkaSettings | null {
  const text = env.LISTORY_KAFKA_BROKERS;
  if (!text) return null;
  const brokers = text.split(',').map((one) => one.trim());
  for (const broker of brokers) {
    if (!/^(\[[^\]]+\]|[^\s:]+):\d{1,5}$/.test(broker)) throw new KafkaSettingError('LISTORY_KAFKA_BROKERS', text, 'addresses such as kafka1:9092,kafka2:9092');
  }
  const prefix = env.LISTORY_KAFKA_PREFIX ?? 'listory.';
  if (!/^[A-Za-z0-9._-]{0,200}$/.test(prefix)) throw new KafkaSettingError('LISTORY_KAFKA_PREFIX', prefix, 'letters, digits, dots, dashes and underscores');
  const tls = tlsOf(env);
  const sasl = saslOf(env);
  return { brokers, clientId: env.LISTORY_KAFKA_CLIENT_ID || 'listory', prefix, ...(tls && { tls }), ...(sasl && { sasl }) };
}

function tlsOf(env: NodeJS.ProcessEnv): KafkaSettings['tls'] {
  const { LISTORY_KAFKA_TLS: ca, LISTORY_KAFKA_TLS_CERT: cert, LISTORY_KAFKA_TLS_KEY: key } = env;
  if (!ca || ca === '0') return undefined;
  return {
    ...(ca !== '1' && { ca: fileOf('LISTORY_KAFKA_TLS', ca) }),
    ...(cert && { cert: fileOf('LISTORY_KAFKA_TLS_CERT', cert) }),
    ...(key && { key: fileOf('LISTORY_KAFKA_TLS_KEY', key) }),
  };
}

function fileOf(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new KafkaSettingError(setting, path, 'the path of a file in PEM that can be read');
  }
}

function saslOf(env: NodeJS.ProcessEnv): KafkaSettings['sasl'] {
  const { LISTORY_KAFKA_SASL: name, LISTORY_KAFKA_USERNAME: username, LISTORY_KAFKA_PASSWORD: password } = env;
  if (!name) return undefined;
  const mechanism = MECHANISMS.find((one) => one === name.toLowerCase());
  if (!mechanism) throw new KafkaSettingError('LISTORY_KAFKA_SASL', name, `one of ${MECHANISMS.join(', ')}`);
  if (!username || !password) throw new KafkaSettingError('LISTORY_KAFKA_USERNAME', username ?? '', 'set, and LISTORY_KAFKA_PASSWORD too, where LISTORY_KAFKA_SASL is');
  return { mechanism, username, password };
}
