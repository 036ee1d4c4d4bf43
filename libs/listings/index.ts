export * from './listing.js';
export * from './reading.js';
