import type { PartyType, Row } from '@listory/listings';
import { RefusedEditionError } from '../errors.js';
import type { Source } from '../source.js';
import { publishedMoment } from './generated.js';
import { mapUnEntry } from './map.js';
import { readUn } from './read.js';

const SECTIONS: Record<string, PartyType> = { INDIVIDUALS: 'individual', ENTITIES: 'entity' };

/** The consolidated list of the United Nations Security Council. */
export const unSc: Source = {
  id: 'un-sc',
  memberLists: ['un-sc'],
  urls: [{ part: 'consolidated.xml', url: 'https://scsanctions.un.org/resources/xml/en/consolidated.xml' }],
  redirectHosts: [],
  read: (documents) => {
    const { generated, sections } = readUn('un-sc', documents);
    const refuse = (where: string | null, problem: string): never => {
      throw new RefusedEditionError('un-sc', documents[0]?.name ?? null, where, problem);
    };
    for (const name of Object.keys(SECTIONS)) if (!sections.has(name)) refuse(null, `The section <${name}> is missing.`);
    const rows = new Map<string, Row>();
    const counts: Record<string, number> = {};
    for (const [name, entries] of sections) {
      const type = SECTIONS[name];
      if (type === undefined) return refuse(null, `<${name}> is no section that is known.`);
      counts[name] = entries.length;
      for (const entry of entries) {
        const row = mapUnEntry(type, entry);
        const key = row.key ?? refuse(`entry ${row.state.name}`, 'The entry has no reference number.');
        if (row.state.name === '') refuse(`entry ${key}`, 'The entry has no name.');
        const before = rows.get(key);
        if (before !== undefined && JSON.stringify(before) !== JSON.stringify(row)) refuse(`entry ${key}`, 'Two different entries have this reference number.');
        rows.set(key, row);
      }
    }
    if (rows.size === 0) refuse(null, 'It holds no entry.');
    const list = { list: 'un-sc', rows: [...rows.values()], silentOn: [], sections: counts };
    return { source: 'un-sc', publishedOn: publishedMoment(generated), lists: [list] };
  },
};

