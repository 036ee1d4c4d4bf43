export { kafkaSettings, type KafkaSettings } from './settings.js';
export { Kafka, type Message, type ReceivedMessage } from './kafka.js';
export { checkTopics, createTopics, topicNames, type TopicOptions, type Topics } from './topics.js';
export { relay, relayName, requireInLog, topicPosition, type Relaying } from './relay.js';
export { eventMessage, cloudEventOf, sequenceOf } from './event-message.js';
export { listingMessages } from './listing-message.js';
export { consume, type Consuming, type PartitionPosition, type UnseenEvents } from './consumer.js';
export { Positions } from './positions.js';
export * from './errors.js';
