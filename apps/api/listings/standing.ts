import { endOfDaySeconds } from '@listory/listings';
import {
  bodiesOf,
  certaintyAt,
  presencesOf,
  stretchNear,
  type Certainty,
  type EditionsAround,
  type Life,
  type LifeStretch,
  type ListKnowledge,
} from '@listory/views';
import type { Pool } from 'pg';
import type { JsonText } from '../asking/json-text.js';
import { listingJson } from './listing-json.js';

/** How a listing, or a name or address of it, stands on a day. */
export interface Standing {
  life: Life;
  /** The stretch of that day, or the nearest. */
  stretch: LifeStretch;
  certainty: Certainty;
  around: EditionsAround;
  /** Further members of the listing in the answer. */
  extra?: Record<string, unknown>;
}

const NOTHING_HELD: EditionsAround = { before: null, after: null };

/** How the matching stretches of a life stand on a day. @param group the group of fields that what was asked for belongs to */
export function standingOf(life: Life, held: ListKnowledge | undefined, group: 'listing' | 'aliases' | 'addresses', asOf: string): Standing {
  const around = group === 'listing' ? held : held?.[group];
  const { stretch } = stretchNear(life, asOf);
  const certainty = certaintyAt(presencesOf(life), around ?? NOTHING_HELD, endOfDaySeconds(asOf), asOf, stretch.declaredFrom);
  return { life, stretch, certainty, around: around ?? NOTHING_HELD };
}

/** How a name stands of which a list knows nothing. */
export function ofNobody(held: ListKnowledge | undefined, asOf: string): Certainty {
  return certaintyAt([], held ?? NOTHING_HELD, endOfDaySeconds(asOf), asOf);
}

/** The listings with their content, as answers show them. */
export async function withContent(pool: Pool, standings: readonly Standing[], asOf: string): Promise<JsonText[]> {
  if (standings.length === 0) return [];
  const missing = standings.filter((one) => !one.stretch.body).map((one) => one.stretch.stateId);
  const bodies = missing.length > 0 ? await bodiesOf(pool, missing) : new Map<string, string>();
  return standings.map(({ stretch, certainty, around, extra }) => {
    const members = { listed: certainty.listed, ...extra, ...betweenOf(certainty, around) };
    return listingJson(stretch.body ?? bodies.get(stretch.stateId)!, stretch, asOf, certainty.basis, members);
  });
}

/** What the editions before and after say, where they disagree and nobody gave a date. */
function betweenOf({ between }: Certainty, { before, after }: EditionsAround): Record<string, unknown> {
  if (!between || !before || !after) return {};
  return {
    between: {
      before: { date: before.date, sha256: before.sha256, listed: between.before },
      after: { date: after.date, sha256: after.sha256, listed: between.after },
    },
  };
}
