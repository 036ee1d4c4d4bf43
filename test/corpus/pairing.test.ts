import {
  addressKey, aliasKey, classifyJson, classifyText, countryCode, foldName, pairAddresses, pairAliases, pairListings,
  type Classification, type Json, type ListingPairs, type ListingState, type ListReading,
} from '@listory/listings';
import { openEdition, sources } from '@listory/sources';
import { expect, it } from '@jest/globals';
import { corpus, describeCorpus } from '../support/corpus.js';

async function lists(source: string, ...path: string[]): Promise<ListReading[]> {
  return sources[source]!.read(await openEdition(corpus(...path))).lists;
}

async function entityList(edition: string): Promise<ListingState[]> {
  const [list] = await lists('us-bis-el', 'us-csl', edition);
  return list!.rows.map((row) => row.state);
}

function pair(before: ListingState[], after: ListingState[]): ListingPairs {
  const id = (at: number) => String(at).padStart(5, '0');
  return pairListings(before.map((state, at) => ({ id: id(at), state })), after.map((state, row) => ({ row, state })));
}

const cites = (state: ListingState, page: RegExp): boolean => state.citations.some((one) => page.test(one.text));

const JOINED_2025_03_25 = [
  'Beijing Academy of Artificial Intelligence',
  'Beijing Innovation Wisdom Technology Co., Ltd.',
  'Henan Dingxin Information Industry Co., Ltd.',
  'Inspur (Beijing) Electronic Information Industry Co., Ltd.',
  'Inspur (HK) Electronics Co., Ltd.',
  'Inspur Electronic Information (Hong Kong) Co., Ltd.',
  'Inspur Electronic Information Industry Co., Ltd.',
  'Inspur Software Co., Ltd.',
  'Inspur Taiwan',
  'Nettrix Information Industry Co., Ltd.',
  'Suma Techology Co., Ltd.',
  'Suma-USI Electronics Co., Ltd.',
];

describeCorpus('the Entity List of 2022-05 and of 2025-11', () => {
  let before: ListingState[] = [];
  let after: ListingState[] = [];
  let found: ListingPairs = { pairs: [], newRows: [], gone: [] };

  async function once(): Promise<void> {
    if (before.length > 0) return;
    before = await entityList('2022-05-06.csv.gz');
    after = await entityList('2025-11-08.entity-list-rows.csv.gz');
    found = pair(before, after);
  }
  const newOnes = () => found.newRows.map((row) => after[row]!);

  it('have the numbers in common that were judged by hand', async () => {
    await once();
    const exact = found.pairs.filter((one) => one.step === 'exact').length;
    expect({ before: before.length, after: after.length }).toEqual({ before: 2001, after: 3421 });
    expect({ exact, assigned: found.pairs.length - exact, gone: found.gone.length, new: newOnes().length }).toEqual({
      exact: 1913,
      assigned: 59,
      gone: 29,
      new: 1449,
    });
  });

  it('differ by the 12 entities of 90 FR 14046', async () => {
    await once();
    const joined = newOnes().filter((state) => state.declaredFrom === '2025-03-25' && cites(state, /^90 FR 14046/));
    expect(joined.map((state) => state.name)).toEqual(expect.arrayContaining(JOINED_2025_03_25));
    expect(before.filter((state) => JOINED_2025_03_25.includes(state.name))).toEqual([]);
  });

  it('differ by the 70 entities of 90 FR 14032', async () => {
    await once();
    const rule = /^90 FR 1403[25]$/;
    expect(newOnes().filter((state) => cites(state, rule))).toHaveLength(70);
    expect(found.pairs.filter((one) => cites(after[one.row]!, rule))).toEqual([]);
  });

  it('differ by removals that are known, the three of 90 FR 4617 among them', async () => {
    await once();
    const gone = found.gone.map((id) => before[Number(id)]!.name);
    expect(gone).toEqual(
      expect.arrayContaining([
        'Department of Atomic Energy entity: Bhabha Atomic Research Center (BARC)',
        'Department of Atomic Energy entity: Indian Rare Earths',
        'Department of Atomic Energy entity: Indira Gandhi Atomic Research Center (IGARC)',
        'Mushko Electronics Pvt. Ltd.',
        'Hefei Bitland Information Technology Co. Ltd.',
      ]),
    );
  });

  it('both have the Beijing Institute of Technology: one listing', async () => {
    await once();
    const named = (states: ListingState[]) => states.findIndex((state) => state.name === 'Beijing Institute of Technology');
    expect(found.pairs.filter((one) => one.row === named(after)).map((one) => Number(one.id))).toEqual([named(before)]);
  });

  it('never take a row of one country for a bare address of another', async () => {
    await once();
    const addresses = after.filter((state) => state.type === 'address');
    const countries = (state: ListingState) => new Set(state.addresses.map((one) => countryCode(one.country)));
    expect(addresses.filter((state) => state.name === 'Address 01').map((state) => [...countries(state)].sort())).toEqual([['CN', 'HK'], ['TR']]);
    const turned = addresses.map((state) => ({ ...state, name: state.name.replace(/\d+/, (number) => String(Number(number) + 1).padStart(2, '0')) }));
    for (const one of [...pair(addresses, turned).pairs, ...pair(turned, addresses).pairs]) {
      const [then, now] = [countries(addresses[Number(one.id)]!), countries(addresses[one.row]!)];
      expect([...then].some((country) => now.has(country))).toBe(true);
      expect(Number(one.id)).toBe(one.row);
    }
  });

  it('give the same pairs in whatever order the rows come', async () => {
    await once();
    const order = after.map((_, row) => row).sort((a, b) => ((a * 7919) % after.length) - ((b * 7919) % after.length));
    const shuffled = pairListings(
      before.map((state, at) => ({ id: String(at).padStart(5, '0'), state })).reverse(),
      order.map((row) => ({ row, state: after[row]! })),
    );
    expect(shuffled).toEqual(found);
  });
});

type State = [before: ListingState, after: ListingState];

/** How many changes of the pairs are of writing, how many of fact, and how many elements came and went. */
class Split {
  readonly counts = { editorial: 0, substantive: 0, came: 0, went: 0 };
  readonly reasons: string[] = [];

  add({ class: found, reason }: Classification): void {
    this.counts[found]++;
    this.reasons.push(`${found}: ${reason}`);
  }

  addField(before: Json, after: Json): void {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    const texts = typeof before === 'string' && typeof after === 'string';
    this.add(texts ? classifyText(before, after) : classifyJson(before, after));
  }

  addElements<T>(before: T[], after: T[], keyOf: (one: T) => string, pairsOf: (went: T[], came: T[]) => { pairs: Classification[]; removed: T[]; added: T[] }): void {
    const lacking = (list: T[], other: T[]) => list.filter((one) => !other.some((like) => keyOf(like) === keyOf(one)));
    const { pairs, removed, added } = pairsOf(lacking(before, after), lacking(after, before));
    pairs.forEach((pair) => this.add(pair));
    this.counts.came += added.length;
    this.counts.went += removed.length;
  }
}

function splitOf(pairs: State[]): Record<'addresses' | 'aliases' | 'names' | 'licences' | 'citations', Split> {
  const split = { addresses: new Split(), aliases: new Split(), names: new Split(), licences: new Split(), citations: new Split() };
  for (const [before, after] of pairs) {
    split.addresses.addElements(before.addresses, after.addresses, addressKey, pairAddresses);
    split.aliases.addElements(before.aliases, after.aliases, aliasKey, pairAliases);
    split.names.addField(before.name, after.name);
    split.licences.addField(before.licence as unknown as Json, after.licence as unknown as Json);
    split.citations.addField(before.citations as unknown as Json, after.citations as unknown as Json);
  }
  return split;
}

describeCorpus('the changes of the Entity List from 2022-05 to 2025-11', () => {
  it('are of writing or of fact in the numbers that were judged by hand', async () => {
    const [before, after] = await Promise.all(['2022-05-06.csv.gz', '2025-11-08.entity-list-rows.csv.gz'].map(entityList));
    const { pairs } = pair(before!, after!);
    const split = splitOf(pairs.map((one): State => [before![Number(one.id)]!, after![one.row]!]));
    expect(Object.fromEntries(Object.entries(split).map(([field, { counts }]) => [field, Object.values(counts)]))).toEqual({
      addresses: [347, 75, 158, 62],
      aliases: [140, 19, 98, 75],
      names: [99, 25, 0, 0],
      licences: [233, 457, 0, 0],
      citations: [1, 481, 0, 0],
    });
    expect(split.names.reasons).toEqual(
      expect.arrayContaining([
        'substantive: another order of words',
        'substantive: other words: safronov → safraonov',
        'substantive: a word came: city',
        'editorial: spelling: electonics → electronics',
      ]),
    );
  });

  it('are of writing only in 161 of the 247 rows of one name whose addresses differ', async () => {
    const [before, after] = await Promise.all(['2022-05-06.csv.gz', '2025-11-08.entity-list-rows.csv.gz'].map(entityList));
    const [then, now] = [onceNamed(before!), onceNamed(after!)];
    const pairs = [...then].flatMap(([name, state]): State[] => (now.has(name) ? [[state, now.get(name)!]] : []));
    const rows = pairs.map((one) => splitOf([one]).addresses).filter(({ counts }) => Object.values(counts).some((count) => count > 0));
    const ofWriting = rows.filter(({ counts: { substantive, came, went } }) => substantive + came + went === 0);
    expect([rows.length, ofWriting.length]).toEqual([247, 161]);
    expect(Object.values(splitOf(pairs).addresses.counts)).toEqual([316, 50, 114, 16]);
  });
});

/** The entries whose folded name no other has. */
function onceNamed(states: ListingState[]): Map<string, ListingState> {
  const counts = new Map<string, number>();
  for (const { name } of states) counts.set(foldName(name), (counts.get(foldName(name)) ?? 0) + 1);
  return new Map(states.filter(({ name }) => counts.get(foldName(name)) === 1).map((state) => [foldName(state.name), state]));
}

describeCorpus('an edition paired with itself', () => {
  it('pairs every row of every list without ids with itself', async () => {
    const member = await lists('us-csl', 'us-csl', '2022-05-06.csv.gz');
    const newer = (await lists('us-bis-el', 'us-csl', '2025-11-08.entity-list-rows.csv.gz'))[0]!;
    for (const list of [...member.filter((one) => one.rows.some((row) => row.key === null)), newer]) {
      const states = list.rows.map((row) => row.state);
      const { pairs, newRows, gone } = pair(states, states);
      const astray = pairs.filter((one) => Number(one.id) !== one.row);
      expect({ list: list.list, newRows, gone, astray }).toEqual({ list: list.list, newRows: [], gone: [], astray: [] });
    }
  });
});

describeCorpus('the SDN editions, paired as if they had no ids', () => {
  it('gives the pairs that the uids give', async () => {
    const [before, after] = await Promise.all(['2019-01-16', '2021-04-25'].map(async (date) => (await lists('us-ofac-sdn', 'us-ofac-sdn', date))[0]!.rows));
    const { pairs } = pairListings(
      before!.map((row) => ({ id: row.key!, state: row.state })),
      after!.map((row, at) => ({ row: at, state: row.state })),
    );
    const uids = new Set(after!.map((row) => row.key));
    expect(pairs.filter((one) => after![one.row]!.key !== one.id)).toEqual([]);
    expect(pairs).toHaveLength(before!.filter((row) => uids.has(row.key)).length);
  });
});
