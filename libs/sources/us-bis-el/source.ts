import { readCslEdition } from '../csl/csl.js';
import type { Source } from '../source.js';

/** The Entity List of the Bureau of Industry and Security, as the rows of a Consolidated Screening List. */
export const usBisEl: Source = {
  id: 'us-bis-el',
  memberLists: ['us-bis-el'],
  urls: [{ part: 'consolidated.csv', url: 'https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv' }],
  redirectHosts: [],
  read: (documents) => readCslEdition('us-bis-el', ['us-bis-el'], documents),
};
