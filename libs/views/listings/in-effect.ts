import { endOfDaySeconds, secondsOf } from '@listory/listings';
import pg, { type Pool } from 'pg';
import type { Basis, EditionsAround } from '../certainty.js';
import { namedQuery } from '../named-query.js';
import { knownVersions } from './known-versions.js';

/** Which state of a list: as of the end of a day, as known at a position. */
export interface ListMoment {
  list: string;
  /** `YYYY-MM-DD`. */
  date: string;
  position: bigint;
}

/** How the editions around a day differ in who is listed: numbers of listings. */
export interface Disagreement {
  /** Not in the edition before, in the one after, and nobody but the edition says since when. */
  addedUndated: number;
  /** In the edition before, not in the one after, and nobody but the edition says until when. */
  removedUndated: number;
  /** Came or went on a date of the publisher's own, or a person's. */
  dated: number;
}

/** In how far the editions around a day disagree about who is listed. */
export async function disagreementBetween(pool: Pool, list: string, position: bigint, before: string, after: string): Promise<Disagreement> {
  const { rows } = await namedQuery<Disagreement>(pool, 'disagreement-between', DISAGREEMENT, [
    list,
    String(position),
    secondsOf(before),
    secondsOf(after),
    before,
    after,
  ]);
  return rows[0]!;
}

const DISAGREEMENT = `
  select count(distinct listing) filter (where came and listed_from_dating = 'edition')::int as "addedUndated",
         count(distinct listing) filter (where went and listed_until_dating = 'edition')::int as "removedUndated",
         count(distinct listing) filter (where came and listed_from_dating <> 'edition'
                                            or went and listed_until_dating <> 'edition')::int as dated
    from (select *, listed_from > $5 and listed_from <= $6 as came,
                 coalesce(listed_until > $5 and listed_until <= $6, false) as went
            from ${knownVersions({ list: '$1::text', from: '$3::bigint', to: '$4::bigint', position: '$2::bigint' })} known) v
   where came or went`;

/** How many listings are in effect. */
export async function countInEffect(pool: Pool, { list, date, position }: ListMoment): Promise<number> {
  const { rows } = await namedQuery<{ count: number }>(
    pool,
    'count-in-effect',
    `select count(*)::int as count from ${knownVersions({ list: '$1::text', from: '$2::bigint', to: '$2::bigint', position: '$3::bigint' })} known`,
    [list, endOfDaySeconds(date), String(position)],
  );
  return rows[0]!.count;
}

/** One page of a list: the JSON texts of listings in the order of their ids, those after `after`. */
export async function listingsPage(
  pool: Pool,
  at: ListMoment,
  around: EditionsAround,
  after: string,
  limit: number,
): Promise<{ id: string; json: string }[]> {
  const sql = `select listing as id, ${BODY} as body, ${endingSql(at, around)} as ending
    from ${inEffectSql(at, `and listing > ${literal(after)}`, `limit ${limit}`)} v order by listing`;
  const { rows } = await pool.query<{ id: string; body: string; ending: string }>(sql);
  return rows.map(({ id, body, ending }) => ({ id, json: `${body.slice(0, -1)},${ending}` }));
}

/**
 * The COPY statement that gives a whole list in the order of ids: of each listing the state, a tab, and what follows
 * instead of the last brace of the state's text. Neither holds what COPY would escape.
 */
export function copyOfList(at: ListMoment, around: EditionsAround): string {
  return `copy (select v.state_id, ${endingSql(at, around)} from ${inEffectSql(at, '', '')} v) to stdout`;
}

// One probe a row: it keeps the order of the rows, where a join would sort the texts themselves.
const BODY = '(select s.body from listings.states s where s.state_id = v.state_id)';

/** Which listings are in effect, in the order of their ids. */
function inEffectSql(at: ListMoment, condition: string, ending: string): string {
  const day = String(endOfDaySeconds(at.date));
  const versions = knownVersions({ list: literal(at.list), from: day, to: day, position: String(at.position) }, condition);
  return `(select * from ${versions} parts order by listing ${ending} offset 0)`;
}

/** The end of a listing's JSON text, with everything that depends on the question; what `listingJson` of the API says. */
function endingSql(at: ListMoment, around: EditionsAround): string {
  return `'"listedFrom":"' || left(v.listed_from, 10) ||
    coalesce('","declaredFrom":"' || v.declared_from || '","listedUntil":', '","declaredFrom":null,"listedUntil":') ||
    coalesce('"' || left(v.listed_until, 10) || '"', 'null') ||
    case when v.in_force_until < ${literal(at.date)} then ',"inForce":false' else ',"inForce":true' end ||
    ${basisSql(at, around)}`;
}

/** The basis of a listing that is in effect; what `certaintyAt` says, in SQL. */
function basisSql({ date }: ListMoment, { before, after }: EditionsAround): string {
  const ending = (basis: Basis) => `',"basis":"${basis}"}'`;
  if (!before) return ending('declared');
  if (before.date.startsWith(date)) return ending('observed');
  if (!after) return ending('current');
  const came = `v.listed_from > ${literal(before.date)}`;
  const went = `coalesce(v.listed_until <= ${literal(after.date)}, false)`;
  return `case when (${came} and v.listed_from_dating = 'edition') or (${went} and v.listed_until_dating = 'edition') then ${ending('between')}
               when ${came} or ${went} then ${ending('declared')} else ${ending('observed')} end`;
}

function literal(text: string): string {
  return pg.escapeLiteral(text);
}
