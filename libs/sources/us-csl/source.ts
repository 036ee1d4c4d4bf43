import { readCslEdition } from '../csl/csl.js';
import { cslMembers } from '../csl/members.js';
import type { Source } from '../source.js';

/** The Consolidated Screening List of the United States, which is read into its member lists. */
export const usCsl: Source = {
  id: 'us-csl',
  memberLists: cslMembers,
  urls: [{ part: 'consolidated.csv', url: 'https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv' }],
  redirectHosts: [],
  read: (documents) => readCslEdition('us-csl', cslMembers, documents),
};
