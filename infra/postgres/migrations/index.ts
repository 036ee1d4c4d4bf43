import { EventLog } from './0001-event-log.js';
import { Archive } from './0002-archive.js';
import { Fetching } from './0003-fetching.js';

/**
 * Every migration, oldest first. TypeORM orders them by the 13 digits at the end of their name.
 * One that was ever released is never edited: a later one changes what it made.
 */
export const migrations = [EventLog, Archive, Fetching];
