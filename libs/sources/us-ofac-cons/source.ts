import { readOfacEdition } from '../ofac/ofac.js';
import type { Source } from '../source.js';

const DOWNLOADS = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports';

/** OFAC's Consolidated Sanctions List: its lists other than the SDN, in the same layout. */
export const usOfacCons: Source = {
  id: 'us-ofac-cons',
  memberLists: ['us-ofac-cons'],
  urls: [
    { part: 'cons_prim.csv', url: `${DOWNLOADS}/CONS_PRIM.CSV` },
    { part: 'cons_add.csv', url: `${DOWNLOADS}/CONS_ADD.CSV` },
    { part: 'cons_alt.csv', url: `${DOWNLOADS}/CONS_ALT.CSV` },
  ],
  redirectHosts: ['.s3.us-gov-west-1.amazonaws.com'],
  read: (documents) => readOfacEdition('us-ofac-cons', 'prim', documents),
};
