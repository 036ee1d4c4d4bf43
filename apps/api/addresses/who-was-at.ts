import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { foldAddress } from '@listory/listings';
import { Database } from '@listory/postgres';
import { editionsAround, findAddresses, livesAtAddresses, weakestBasis, type AddressFinding, type FoundAddress } from '@listory/views';
import type { Moments, Page } from '../asking/answerer.js';
import type { Place } from '../asking/cursor.js';
import type { JsonText } from '../asking/json-text.js';
import { restsOf, type Rests } from '../asking/rests.js';
import { ofNobody, standingOf, withContent, type Standing } from '../listings/standing.js';
import { Problem } from '../problems.js';
import { atAddresses, type AtAddress } from './at-address.js';

/** Who was at an address on a day, and who ever was. */
export class WhoWasAt {
  constructor(
    readonly asked: { text: string; lists: string[] | null },
    readonly moments: Moments,
    readonly page: Page,
  ) {}
}

export interface AddressAnswer extends Rests {
  addresses: FoundAddress[];
  total: number;
  listings: JsonText[];
  ever: AtAddress[];
  next: Place | null;
}

/** Of a question with common words only, such as `china`, no more addresses than these are looked at. */
const MOST_ADDRESSES = 1_000;

@QueryHandler(WhoWasAt)
export class WhoWasAtHandler implements IQueryHandler<WhoWasAt, AddressAnswer> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where the text has no letter or digit */
  async execute({ asked, moments, page }: WhoWasAt): Promise<AddressAnswer> {
    const { pool } = this.database;
    const { asOf, knownAt } = moments;
    const folded = foldAddress(asked.text);
    if (folded === '') throw new Problem('invalid-parameter', `'${asked.text}' has no letter or digit to look for.`, { parameter: 'text' });
    const [searched, addresses] = await Promise.all([
      editionsAround(pool, asked.lists, asOf, knownAt.position),
      findAddresses(pool, folded, MOST_ADDRESSES),
    ]);
    const finding = await livesAtAddresses(pool, addresses, asked.lists, knownAt.position);
    const standings = finding.lives.map((life) => standingAt(finding, standingOf(life, searched.find((one) => one.list === life.list), 'addresses', asOf)));
    const there = inOrder(standings.filter((one) => one.certainty.listed !== 'no'));
    const start = page.after === null ? 0 : Number(page.after[0]);
    const end = start + page.limit;
    const shown = there.slice(start, end);
    // Who was there can only be said where every list that was asked can say it.
    const bases = (asked.lists ?? searched.map((one) => one.list)).flatMap((list) => {
      const ofList = there.filter(({ life }) => life.list === list).map((one) => one.certainty.basis);
      const held = searched.find((one) => one.list === list);
      return ofList.length > 0 ? ofList : [ofNobody(held && { ...held, ...held.addresses }, asOf).basis];
    });
    const ever = await atAddresses(pool, finding);
    return {
      ...restsOf(moments, weakestBasis(bases), searched),
      addresses: addresses.filter((one) => ever.some(({ addresses: theirs }) => theirs.some(({ id }) => id === one.id))),
      total: there.length,
      listings: await withContent(pool, shown, asOf),
      ever: ever.slice(start, end),
      next: end < Math.max(there.length, ever.length) ? [end] : null,
    };
  }
}

/** Adds which of the found addresses the listing has that day, or had nearest to it. */
function standingAt({ byState }: AddressFinding, standing: Standing): Standing {
  const { life, stretch } = standing;
  const state = byState.get(stretch.stateId) ?? life.stretches.map((one) => byState.get(one.stateId)).find((found) => found) ?? [];
  return { ...standing, extra: { matched: state } };
}

/** Listings with an equal address first, then those of which it is certain. */
function inOrder(standings: Standing[]): Standing[] {
  const rank = ({ extra, certainty }: Standing) =>
    ((extra!.matched as FoundAddress[]).some((one) => one.match === 'equal') ? 0 : 2) + (certainty.listed === 'yes' ? 0 : 1);
  return standings.sort((one, other) => rank(one) - rank(other) || (one.life.listing < other.life.listing ? -1 : 1));
}
