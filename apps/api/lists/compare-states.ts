import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Timeline, fieldsOf, reconcile, type FieldEvent, type Json, type ListingState } from '@listory/listings';
import { Database } from '@listory/postgres';
import { bodiesOf, differingStates, stateOfBody, weakestBasis, type DifferingState, type StateRef } from '@listory/views';
import type { Moments } from '../asking/answerer.js';
import { JsonText } from '../asking/json-text.js';
import { distinctEditions, type Rests } from '../asking/rests.js';
import { listingJson } from '../listings/listing-json.js';
import { listRests } from './list-as-of.js';

/** What differs between two states of a list: two days, or two states of knowledge of one day. */
export class CompareStates {
  constructor(
    readonly list: string,
    readonly from: Moments,
    readonly to: Moments,
  ) {}
}

export interface Change {
  listing: string;
  name: string;
  type: string;
  field: string;
  before: Json;
  after: Json;
  class: string;
  reason: string | null;
}

/** Rests on both states: `asOf` and `knownAt` are those of the later one, `basis` is the weaker one, `editions` are those of both. */
export interface ChangesAnswer extends Rests {
  list: string;
  from: Omit<Rests, 'coverage'>;
  to: Omit<Rests, 'coverage'>;
  /** Listings that came, went or differ. */
  total: number;
  counts: { added: number; removed: number; changed: number };
  added: JsonText[];
  removed: JsonText[];
  changed: Change[];
  next: null;
}

@QueryHandler(CompareStates)
export class CompareStatesHandler implements IQueryHandler<CompareStates, ChangesAnswer> {
  constructor(private readonly database: Database) {}

  async execute({ list, from, to }: CompareStates): Promise<ChangesAnswer> {
    const { pool } = this.database;
    const stateOf = ({ asOf, knownAt }: Moments) => ({ list, date: asOf, position: knownAt.position });
    const [one, other, differing] = await Promise.all([
      listRests(pool, list, from),
      listRests(pool, list, to),
      differingStates(pool, stateOf(from), stateOf(to)),
    ]);
    const bodies = await bodiesOf(pool, differing.flatMap(({ before, after }) => [before, after].flatMap((state) => state?.stateId ?? [])));
    const listings = (states: (StateRef | null)[], { asOf }: Moments, { basis }: Rests) =>
      states.map((state) => listingJson(bodies.get(state!.stateId)!, state!, asOf, basis));
    const added = differing.filter((each) => !each.before);
    const removed = differing.filter((each) => !each.after);
    const stayed = differing.filter((each) => each.before && each.after);
    const { coverage: _, undated: _from, ...fromRests } = one.rests;
    const { coverage, undated: _to, ...toRests } = other.rests;
    return {
      list,
      ...toRests,
      basis: weakestBasis([one.rests.basis, other.rests.basis]),
      coverage,
      editions: distinctEditions([...fromRests.editions, ...toRests.editions]),
      from: fromRests,
      to: toRests,
      total: differing.length,
      counts: { added: added.length, removed: removed.length, changed: stayed.length },
      added: listings(added.map((each) => each.after), to, other.rests),
      removed: listings(removed.map((each) => each.before), from, one.rests),
      changed: stayed.flatMap((each) => changesOf(list, each, bodies)),
      next: null,
    };
  }
}

const [EARLIER, LATER] = ['0001-01-01', '0001-01-02'];

/** What differs, in the words in which an edition's changes are recorded. */
function changesOf(list: string, { listing, before, after }: DifferingState, bodies: ReadonlyMap<string, string>): Change[] {
  const [one, other] = [before!, after!].map(({ stateId, declaredFrom }) => stateOfBody(bodies.get(stateId)!, declaredFrom));
  const timeline = new Timeline();
  timeline.set('presence', EARLIER!, true, 'edition');
  for (const [field, value] of fieldsOf(one!)) timeline.set(field, EARLIER!, value, 'edition');
  const { events } = reconcile({
    list,
    listing,
    timeline,
    row: { key: null, state: other! },
    edition: { date: LATER!, sha256: '' },
    at: LATER!,
    editions: () => [EARLIER!],
    silentOn: new Set(),
    cause: 'publisher',
  });
  return events.map((event) => changeOf(event as FieldEvent, other!));
}

function changeOf({ type, listing, changeClass, data }: FieldEvent, { name }: ListingState): Change {
  const { field, before, after, reason = null } = data;
  return { listing, name, type, field, before, after, class: changeClass, reason };
}
