import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ImportEdition, type ImportResult } from '../../apps/collector/import-edition.js';
import { entityList, sdnFiles, type EntityRow } from '../support/editions.js';

const HAITAI = 'No. 15, Haitai Huake Street, Huayuan Industrial Zone, Tianjin, 300384, CN';

const sugon: EntityRow = { name: 'Sugon', addresses: `${HAITAI}; Sugon Building, No. 36 Zhongguancun, Beijing, CN`, start: '2019-06-24' };

/** The Entity List of 2022: Oldco and Shanghai Lead stand on it, the latter without a start. */
export const OF_2022 = entityList([
  sugon,
  { name: 'Oldco Ltd.', addresses: '1 Old Road, Beijing, CN', start: '2018-01-01' },
  { name: 'Shanghai Lead Co.', addresses: '3 Pudong Avenue, Shanghai, CN' },
]);

/** That of 2025: Oldco went and Undated Newcomer came without a date, Nettrix came on 2025-03-25, Sugon got an alias. */
export const OF_2025 = entityList([
  { ...sugon, aliases: 'Dawning Information Industry', notice: '84 FR 29373; 90 FR 14046' },
  { name: 'Nettrix Information Industry Co., Ltd.', addresses: HAITAI, start: '2025-03-25', notice: '90 FR 14046' },
  { name: 'Undated Newcomer', addresses: '5 Nowhere Street, Hong Kong, HK' },
  { name: 'Shanghai Lead Co.', addresses: '3 Pudong Avenue, Shanghai, CN' },
]);

/** Imports one edition as the collector does. */
export async function take(app: INestApplicationContext, list: string, date: string, documents: { name: string; bytes: Buffer }[]): Promise<ImportResult[]> {
  const options = { date, via: `${list} ${date}`, limits: new Map(), today: '2026-11-23', releaseReason: 'known to be right' };
  return app.get(CommandBus).execute(new ImportEdition(list, documents, options));
}

/** Two editions of the Entity List, and two of OFAC's list, of which the second says nothing of addresses and aliases. */
export async function takeAll(app: INestApplicationContext): Promise<void> {
  await take(app, 'us-bis-el', '2022-05-06', [{ name: 'el.csv', bytes: OF_2022 }]);
  await take(app, 'us-bis-el', '2025-11-08', [{ name: 'el.csv', bytes: OF_2025 }]);
  const entries: [number, string][] = [
    [36, 'AEROCARIBBEAN AIRLINES'],
    [173, 'ANGLO-CARIBBEAN CO., LTD.'],
  ];
  await take(app, 'us-ofac-sdn', '2021-01-01', sdnFiles(entries, [[173, 129, 'Ibex House, The Minories', 'London EC3N 1DY', 'United Kingdom']], [[36, 12, 'AERO-CARIBBEAN']]));
  await take(app, 'us-ofac-sdn', '2021-02-01', sdnFiles([...entries, [306, 'BANCO NACIONAL DE CUBA']], null, null));
}
