import type { Moment } from './listing.js';
import type { FieldGroup } from './reading.js';
import type { Neighbours, Reconciliation } from './reconciliation.js';
import type { Timeline } from './timeline.js';

/** The editions next to a moment, it left out. */
export function nearest(editions: readonly Moment[], at: Moment): Neighbours {
  return { before: editions.findLast((one) => one < at) ?? null, after: editions.find((one) => one > at) ?? null };
}

/** Which editions hold what one edition says of one listing in its place. */
export class EditionsAround {
  private readonly known = new Map<FieldGroup, Neighbours>();

  /**
   * @param original what is known without the edition
   * @param whole the editions next to it
   */
  constructor(
    private readonly task: Reconciliation,
    private readonly original: Timeline,
    private readonly whole: Neighbours,
  ) {}

  /** The nearest editions that speak of the group. */
  speakers(group: FieldGroup): Neighbours {
    return group === 'listing' ? this.whole : nearest(this.task.editions(group), this.task.at);
  }

  /**
   * The nearest editions that say something of the group for this listing. One without the listing says nothing of its
   * addresses, even where it speaks of addresses; where the publisher declares starts, it may announce the listing.
   */
  holders(group: FieldGroup): Neighbours {
    if (group === 'listing') return this.whole;
    const known = this.known.get(group);
    if (known) return known;
    const mayBeAnnounced = (this.original.fields.get('declaredFrom') ?? []).some((entry) => entry.value !== null);
    const shows = (moment: Moment) => mayBeAnnounced || this.original.valueAt('presence', moment, true) === true;
    const { editions, at } = this.task;
    const found = nearest(editions(group).filter(shows), at);
    this.known.set(group, found);
    return found;
  }

  /** Whether those next to the edition speak of the group, both of them. */
  isBetweenSpeakers(group: FieldGroup): boolean {
    const { before, after } = this.speakers(group);
    return before === this.whole.before && after === this.whole.after;
  }

  /** The last edition before a later one that speaks of the group: this one, or one after it. */
  lastBefore(group: FieldGroup, later: Moment): Moment {
    const { editions, at, silentOn } = this.task;
    const between = editions(group).findLast((one) => one < later) ?? at;
    return between > at || silentOn.has(group) ? between : at;
  }
}
