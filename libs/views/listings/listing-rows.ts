import type { RecordedEvent } from '@listory/event-log';
import { evolve, fold, secondsOf, segmentsFrom, segmentsOf, type ListingEvent, type Segment, type Timeline } from '@listory/listings';
import { listingEventOf } from './listing-event.js';
import type { PendingRows } from './pending-rows.js';
import { storedState } from './state-id.js';
import { isSameVersion, versionOf, type Version } from './versions.js';

/** After every moment. */
const NEVER = '\uffff';

/** What is known of one listing while its events are applied: its stretches, and the row of each that is still known. */
export class ListingRows {
  private constructor(
    /** null: all that is known is that it was added, and what is needed to change it was not kept. */
    private timeline: Timeline | null,
    private segments: Segment[],
    private versions: Version[],
  ) {}

  /** A listing without events. @param onlyAdded the next event is that it is added, and probably the last one for long */
  static unheardOf({ onlyAdded }: { onlyAdded: boolean }): ListingRows {
    return new ListingRows(onlyAdded ? null : fold([]), [], []);
  }

  /** A listing as it stands after these events. @param versions its rows that are still known, in any order */
  static recalled(history: readonly ListingEvent[], versions: readonly Version[]): ListingRows {
    const timeline = fold(history);
    const segments = segmentsOf(timeline);
    const ordered = [...versions].sort((one, other) => one.validFrom - other.validFrom);
    const fits = segments.length === ordered.length && segments.every(({ from }, index) => ordered[index]!.validFrom === secondsOf(from));
    // Rows that are not those of the log: all are made anew.
    return new ListingRows(timeline, fits ? segments : [], ordered);
  }

  /** Whether it can be changed without being recalled. */
  get isWhole(): boolean {
    return this.timeline !== null;
  }

  /** Its rows that are still known. */
  get known(): readonly Version[] {
    return this.versions;
  }

  /** Applies its events of one append: before and after them something is known, between them nothing. */
  apply(events: readonly RecordedEvent[], rows: PendingRows): void {
    const { batchEnd: position } = events[0]!;
    let since = NEVER;
    for (const recorded of events) {
      const event = listingEventOf(recorded)!;
      rows.listing(event, recorded.position);
      if (!this.timeline) {
        this.replaceBy([firstSegment(event)], event, position, rows);
        this.segments = [];
        continue;
      }
      evolve(this.timeline, event);
      const from = event.type.startsWith('identity.') ? '' : event.effectiveAt;
      if (from < since) since = from;
    }
    if (!this.timeline) return;
    const segments = this.segments.length === 0 ? segmentsOf(this.timeline) : segmentsFrom(this.timeline, since, this.segments);
    this.replaceBy(segments, listingEventOf(events[0]!)!, position, rows);
  }

  /** Closes what is no longer known and opens what is new; stretches that stay keep their row. */
  private replaceBy(segments: Segment[], { list, listing }: ListingEvent, position: bigint, rows: PendingRows): void {
    let same = 0;
    while (same < segments.length && segments[same] === this.segments[same]) same++;
    const left = new Set(this.versions.slice(same));
    const versions = this.versions.slice(0, same);
    for (let index = same; index < segments.length; index++) {
      const segment = segments[index]!;
      const isStored = this.segments[index]?.state === segment.state;
      const stored = isStored ? null : storedState(list, listing, segment.state);
      const version = versionOf(list, listing, segment, stored?.stateId ?? this.versions[index]!.stateId, position);
      const kept = [...left].find((one) => isSameVersion(one, version));
      if (kept) left.delete(kept);
      else rows.open(version, stored, segment.state);
      versions.push(kept ?? version);
    }
    for (const version of left) rows.close(version, position);
    this.segments = segments;
    this.versions = versions;
  }
}

/** The short way for a listing whose only event is that it was added: most of every baseline. */
function firstSegment(event: ListingEvent): Segment {
  if (event.type !== 'listing.added') throw new Error(`${event.listing} has a ${event.type} before it was added`);
  const { effectiveAt: from, data } = event;
  const { listing: state, dating } = data;
  return { from, to: null, state, listedFrom: from, listedFromDating: dating, listedUntil: null, listedUntilDating: null, dating };
}
