export type { NewEvent, RecordedEvent } from './event.js';
export { append, type Append, type Appended } from './append.js';
export { readEvents, type Connection, type Reading } from './read.js';
export { headPosition, streamVersions, positionAt, recordedAt, snapToBatch } from './positions.js';
export * from './errors.js';
