export { download, type Download, type Downloaded, type DownloadLimits } from './download.js';
export { fetchParts, type FetchedPart, type Part, type Patience } from './fetch-parts.js';
export { parseSchedules, pauseUntilNext, type Schedule } from './schedule.js';
export { dueIn, freshness, knownParts, recordAttempt, rememberParts, startSchedule, type Freshness } from './state.js';
export * from './errors.js';
