export * from './views.js';
export * from './listings/known-now.js';
export { listingEventOf } from './listings/project.js';
export { STILL_KNOWN } from './listings/table.js';
export * from './editions/known-now.js';
export { prepareViews } from './prepare.js';
export { compareWithRebuild, rebuildView, type ViewDifference } from './rebuild.js';
export * from './errors.js';
