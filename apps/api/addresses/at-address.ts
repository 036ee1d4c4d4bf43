import { bodiesOf, presencesOf, type AddressFinding, type FoundAddress } from '@listory/views';
import type { Pool } from 'pg';
import { periodOf, type Period } from '../listings/listing-history.js';

/** A listing that is or was at an address, and when. */
export interface AtAddress {
  id: string;
  list: string;
  /** As it is called now, or was called last. */
  name: string;
  addresses: FoundAddress[];
  periods: Period[];
}

/** Every listing of a finding with the periods in which it was at one of the addresses; those at equal ones first, then the earliest. */
export async function atAddresses(pool: Pool, { lives, byState }: AddressFinding): Promise<AtAddress[]> {
  const lastStates = lives.map((life) => life.stretches[life.stretches.length - 1]!.stateId);
  const bodies = await bodiesOf(pool, lastStates);
  const there = lives.map((life, index): AtAddress => {
    const found = life.stretches.flatMap((one) => byState.get(one.stateId) ?? []);
    return {
      id: life.listing,
      list: life.list,
      name: (JSON.parse(bodies.get(lastStates[index]!)!) as { name: string }).name,
      addresses: [...new Map(found.map((one) => [`${one.id} ${one.text} ${one.country}`, one])).values()],
      periods: presencesOf(life).map(periodOf),
    };
  });
  const rank = (one: AtAddress) => (one.addresses.some(({ match }) => match !== 'words') ? 0 : 1);
  const keyOf = (one: AtAddress) => `${rank(one)} ${one.periods[0]!.from} ${one.id}`;
  return there.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
