import { describe, expect, it } from '@jest/globals';
import { editionDateOfName } from './index.js';

describe('the date of an edition by its name', () => {
  it.each([
    ['2022-02-23', '2022-02-23'],
    ['/data/2019-01-16/', '2019-01-16'],
    ['2018-06-07.xml.gz', '2018-06-07'],
    ['lists/2025-11-08.entity-list-rows.csv.gz', '2025-11-08'],
    ['2022-02-23T18.sdn.csv', '2022-02-23T18:00:00Z'],
    ['2022-02-23T18:30.sdn.csv', '2022-02-23T18:30:00Z'],
    ['2022-02-23T18:00:00Z', '2022-02-23T18:00:00Z'],
    ['2022-02-23_sdn.csv', '2022-02-23'],
  ])('%s is of %s', (path, date) => expect(editionDateOfName(path)).toBe(date));

  it.each(['2019-12.excerpt.csv', 'sdn.csv', '2022-02-30.csv', '2022-13-01', '2022-02-23T25.csv', '2022-02-234.csv', '20220223.csv', 'sdn-2022-02-23.csv', '2022-02-23/sdn.csv'])(
    '%s has none',
    (path) => expect(editionDateOfName(path)).toBeNull(),
  );
});
