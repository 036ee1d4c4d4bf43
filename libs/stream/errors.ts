/** A setting of the connection to Kafka has a value that cannot be used. */
export class KafkaSettingError extends Error {
  override name = 'KafkaSettingError';
  constructor(readonly setting: string, readonly value: string, wanted: string) {
    super(`${setting} is '${value}', but has to be ${wanted}.`);
  }
}

/** No connection to the brokers, or they did not do what they were asked to. */
export class KafkaUnreachable extends Error {
  override name = 'KafkaUnreachable';
  constructor(readonly brokers: readonly string[], reason: string, options?: ErrorOptions) {
    super(`Kafka at ${brokers.join(', ')} does not answer as it should: ${reason}. Check that the brokers run, and LISTORY_KAFKA_BROKERS.`, options);
  }
}

/** Topics that the relay needs do not exist. */
export class TopicsMissing extends Error {
  override name = 'TopicsMissing';
  constructor(readonly topics: readonly string[]) {
    super(`Kafka has no topic ${topics.join(' and ')}. Create with: listory topics create`);
  }
}

/** A topic is set so that it would lose what it is to keep. */
export class TopicMisconfigured extends Error {
  override name = 'TopicMisconfigured';
  constructor(readonly topic: string, readonly setting: string, readonly found: string, readonly wanted: string) {
    super(`Topic ${topic} has ${setting}=${found}, but needs ${wanted}. Change it: kafka-configs.sh --alter --entity-type topics --entity-name ${topic} --add-config ${setting}=${wanted}`);
  }
}

/** The topic holds events that this log does not: the database was restored, or the topic belongs to another log. */
export class TopicAheadOfLog extends Error {
  override name = 'TopicAheadOfLog';
  constructor(readonly topic: string, readonly position: bigint, readonly eventId: string, readonly head: bigint) {
    super(
      `Topic ${topic} holds event ${eventId} at position ${position}, which this log (head ${head}) does not have: the database was restored from an older backup, ` +
        `or the topic belongs to another database. Nothing is published, for consumers would skip it. Restore a backup that holds position ${position}; ` +
        `or give this database topics of its own (LISTORY_KAFKA_PREFIX, listory topics create), from which consumers start anew.`,
    );
  }
}

/** One message would be larger than the topic takes. */
export class EventTooLarge extends Error {
  override name = 'EventTooLarge';
  constructor(readonly topic: string, readonly key: string, readonly bytes: number, readonly most: number) {
    super(`The message about ${key} has ${bytes} bytes, and topic ${topic} takes ${most}. Raise max.message.bytes of the topic and start the relay again.`);
  }
}

/** Another producer has taken over this one's topic: whoever is told so has lost its lease and must not go on. */
export class ProducerFenced extends Error {
  override name = 'ProducerFenced';
  constructor(readonly topic: string, options?: ErrorOptions) {
    super(`Another relay publishes to ${topic} now; this one lets go.`, options);
  }
}

/** A message of the topic is no event of Listory's. */
export class NotAnEvent extends Error {
  override name = 'NotAnEvent';
  constructor(readonly topic: string, readonly partition: number, readonly offset: string, readonly what: string) {
    super(`The message at ${topic}/${partition}, offset ${offset}, is no event of Listory's: ${what}. Who else writes to this topic?`);
  }
}

/** Another consumer of the group has handled this partition meanwhile. */
export class PartitionTakenOver extends Error {
  override name = 'PartitionTakenOver';
  constructor(readonly consumer: string, readonly partition: number) {
    super(`Partition ${partition} was handled by another process of consumer ${consumer} meanwhile; what this one did was rolled back.`);
  }
}
