import { readOfacEdition } from '../ofac/ofac.js';
import type { Source } from '../source.js';

const DOWNLOADS = 'https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports';

/** OFAC's Specially Designated Nationals and Blocked Persons. */
export const usOfacSdn: Source = {
  id: 'us-ofac-sdn',
  memberLists: ['us-ofac-sdn'],
  urls: [
    { part: 'sdn.csv', url: `${DOWNLOADS}/SDN.CSV` },
    { part: 'add.csv', url: `${DOWNLOADS}/ADD.CSV` },
    { part: 'alt.csv', url: `${DOWNLOADS}/ALT.CSV` },
  ],
  redirectHosts: ['.s3.us-gov-west-1.amazonaws.com'],
  read: (documents) => readOfacEdition('us-ofac-sdn', 'sdn', documents),
};
