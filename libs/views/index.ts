export * from './views.js';
export * from './listings/known-now.js';
export { listingEventOf } from './listings/listing-event.js';
export { STILL_KNOWN } from './listings/table.js';
export * from './editions/known-now.js';
export { prepareViews } from './prepare.js';
export { compareWithRebuild, rebuildView, type ViewDifference } from './rebuild.js';
export * from './errors.js';
export * from './certainty.js';
export * from './knowledge.js';
export { standstills, type Standstill } from './standstills.js';
export * from './editions/around.js';
export * from './editions/editions.js';
export * from './editions/held-lists.js';
export * from './listings/at-address.js';
export * from './listings/in-effect.js';
export {
  bodiesOf,
  knownListing,
  lifeOf,
  livesByName,
  livesOf,
  presencesOf,
  stretchNear,
  type Life,
  type LifeStretch,
  type MatchedName,
} from './listings/life.js';
export { snapshotAt } from './listings/snapshot.js';
export * from './listings/two-states.js';
export { latestKnown, type LatestListing } from './listings/latest-known.js';
export { copyList } from './listings/copy-list.js';
