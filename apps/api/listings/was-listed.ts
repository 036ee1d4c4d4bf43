import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { foldName } from '@listory/listings';
import { Database } from '@listory/postgres';
import { editionsAround, livesByName, stretchNear, strongestBasis, weakestBasis, type Basis, type Listed, type ListKnowledge } from '@listory/views';
import { restsOf } from '../asking/rests.js';
import type { Moments } from '../asking/answerer.js';
import type { JsonText } from '../asking/json-text.js';
import { Problem } from '../problems.js';
import { findLife } from './find-life.js';
import { ofNobody, standingOf, withContent, type Standing } from './standing.js';

/** Was it listed? By name or alias, or by a listing's id. */
export class WasListed {
  constructor(
    readonly asked: { name?: string; id?: string; lists: string[] | null },
    readonly moments: Moments,
  ) {}
}

/** The answer, with what it rests on. */
export interface ListedAnswer {
  listed: Listed;
  asOf: string;
  basis: Basis;
  total: number;
  /** Those that were listed, and those of which it is not known. */
  listings: JsonText[];
  /** Known under this name or id, but not that day. */
  notListed: JsonText[];
  continuedBy?: string;
  next: null;
}

@QueryHandler(WasListed)
export class WasListedHandler implements IQueryHandler<WasListed, ListedAnswer> {
  constructor(private readonly database: Database) {}

  /** @throws Problem for an id that no listing ever had, or a name without a letter */
  async execute({ asked, moments }: WasListed): Promise<ListedAnswer> {
    return asked.id === undefined ? this.byName(asked.name!, asked.lists, moments) : this.byId(asked.id, moments);
  }

  private async byId(id: string, moments: Moments): Promise<ListedAnswer> {
    const { pool } = this.database;
    const { list, life, continuedBy } = await findLife(pool, id, moments.knownAt.position, moments.asOf);
    const searched = await editionsAround(pool, [list], moments.asOf, moments.knownAt.position);
    const standings = life ? [standingOf(life, searched[0], 'listing', moments.asOf)] : [];
    const answer = await this.answer(standings, searched, [list], moments);
    return continuedBy ? { ...answer, continuedBy } : answer;
  }

  private async byName(name: string, lists: string[] | null, moments: Moments): Promise<ListedAnswer> {
    const { pool } = this.database;
    const { position } = moments.knownAt;
    const folded = foldName(name);
    if (folded === '') throw new Problem('invalid-parameter', `'${name}' has no letter or digit to look for.`, { parameter: 'name' });
    const [searched, lives] = await Promise.all([editionsAround(pool, lists, moments.asOf, position), livesByName(pool, folded, lists, position, moments.asOf)]);
    const standings = lives.map((life) => {
      const matched = life.stretches.flatMap((one) => one.matched ?? []);
      const group = matched.every((one) => one.kind !== 'name') ? 'aliases' : 'listing';
      const standing = standingOf(life, searched.find((one) => one.list === life.list), group, moments.asOf);
      const underOtherNames = standing.certainty.listed === 'no' && stretchNear(life, moments.asOf).isListed;
      const extra = { matched: standing.stretch.matched ?? distinct(matched), ...(underOtherNames ? { underOtherNames } : {}) };
      return { ...standing, extra };
    });
    return this.answer(standings, searched, lists ?? searched.map((one) => one.list), moments);
  }

  private async answer(standings: Standing[], searched: ListKnowledge[], asked: string[], moments: Moments): Promise<ListedAnswer> {
    const found = standings.filter((one) => one.certainty.listed !== 'no');
    const { listed, basis } = overall(standings, searched, asked, moments.asOf);
    const used = listed === 'yes' ? searched.filter((one) => found.some(({ life }) => life.list === one.list)) : searched;
    const { pool } = this.database;
    const listings = await withContent(pool, found.sort(byCertainty), moments.asOf);
    const notListed = await withContent(pool, standings.filter((one) => one.certainty.listed === 'no'), moments.asOf);
    return { listed, ...restsOf(moments, basis, searched, used), total: listings.length, listings, notListed, next: null };
  }
}

/** Yes if any is listed; else unknown if anything that was asked cannot say; else no. */
function overall(standings: Standing[], searched: ListKnowledge[], asked: string[], asOf: string): { listed: Listed; basis: Basis } {
  const all = asked.flatMap((list) => {
    const ofList = standings.filter((one) => one.life.list === list).map((one) => one.certainty);
    return ofList.length ? ofList : [ofNobody(searched.find((one) => one.list === list), asOf)];
  });
  const basesOf = (listed: Listed) => all.filter((one) => one.listed === listed).map((one) => one.basis);
  if (basesOf('yes').length) return { listed: 'yes', basis: strongestBasis(basesOf('yes')) };
  if (all.length === 0 || basesOf('unknown').length) return { listed: 'unknown', basis: strongestBasis(basesOf('unknown')) };
  return { listed: 'no', basis: weakestBasis(basesOf('no')) };
}

function byCertainty(one: Standing, other: Standing): number {
  return Number(one.certainty.listed !== 'yes') - Number(other.certainty.listed !== 'yes');
}

function distinct<T>(values: T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
