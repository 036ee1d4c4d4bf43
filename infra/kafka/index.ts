export { LocalBroker } from './broker.js';
export { KAFKA_VERSION, missingForBroker } from './artifacts.js';
export * from './errors.js';
