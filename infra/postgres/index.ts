export { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.js';
export { Database, openDatabase, type DatabaseOptions } from './database.js';
export { grantReading } from './reading-role.js';
export { migrations } from './migrations/index.js';
export * from './errors.js';
