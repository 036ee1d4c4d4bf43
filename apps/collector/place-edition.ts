import { secondAfter, type ListId, type Moment } from '@listory/listings';

/** What is asked of a recorded edition to find the place of another one. */
interface Placed {
  list: ListId;
  moment: Moment;
  sha256: string;
}

/** Where in time an edition stands. */
export interface EditionPlace {
  moment: Moment;
  /** Lists for which these very bytes stand there already. */
  recorded: ReadonlySet<ListId>;
  /** Moments at which these bytes may have been left to wait: its own, and those that turned out to be taken. */
  tried: readonly Moment[];
}

/**
 * The moment for which an edition speaks: its date itself; where another edition of these lists stands there already,
 * the publisher's own time of that day; else the next free second. So two editions of one day of which neither has a
 * time stand in the order of their arrival, and the later stands for the day.
 * @param date its date, or a moment that a person gave
 * @param publishedOn the publisher's date or time in the edition
 * @param editions what is recorded of its lists
 */
export function placeEdition(date: Moment, publishedOn: Moment | null, sha256: string, editions: readonly Placed[]): EditionPlace {
  const tried: Moment[] = [];
  for (const moment of candidates(date, publishedOn)) {
    tried.push(moment);
    const standing = editions.filter((one) => one.moment === moment);
    const same = standing.filter((one) => one.sha256 === sha256);
    if (standing.length === 0 || same.length > 0) return { moment, recorded: new Set(same.map((one) => one.list)), tried };
  }
  throw new Error('unreachable: seconds do not end');
}

function* candidates(date: Moment, publishedOn: Moment | null): Generator<Moment> {
  yield date;
  let last = date;
  if (publishedOn !== null && publishedOn !== date && publishedOn.startsWith(date)) yield (last = publishedOn);
  for (;;) yield (last = secondAfter(last));
}
