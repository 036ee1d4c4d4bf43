import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { openEdition, sources } from '../index.js';

it("OFAC's consolidated list is read like the SDN, from the files cons_prim, cons_add and cons_alt", async () => {
  const { source, lists } = sources['us-ofac-cons']!.read(await openEdition(fileURLToPath(new URL('testdata', import.meta.url))));
  expect(source).toBe('us-ofac-cons');
  expect(lists).toMatchObject([
    {
      list: 'us-ofac-cons',
      silentOn: [],
      rows: [
        { key: '9640', state: { name: 'ABU TEIR, Mohammed', type: 'individual', programs: ['NS-PLC'] } },
        { key: '17016', state: { aliases: [{ name: 'GAZPROMBANK OAO' }], addresses: [{ city: 'Moscow', postalCode: '117420' }] } },
      ],
    },
  ]);
});
