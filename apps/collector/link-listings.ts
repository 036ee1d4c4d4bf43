import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { append, readEvents, streamVersions } from '@listory/event-log';
import { mergeTimelines, splitTimeline, type IdentityEvent, type Moment, type Timeline } from '@listory/listings';
import { Database } from '@listory/postgres';
import { catchUpViews, keysOfListings, knownEditions } from '@listory/views';
import { IdentityError, UnknownListingError } from './errors.js';
import { Recording } from './recording.js';
import { timelinesOf } from './timelines.js';

/** A person says that two listings are one: `listing` goes on, with all that `other` was. */
export class LinkListings {
  constructor(
    readonly listing: string,
    readonly other: string,
    readonly reason: string,
    readonly actor: string,
  ) {}
}

/**
 * A person takes a listing apart: one that was linked before (`other`), or one that the pairing of editions joined by
 * mistake (from the moment `from` on it becomes a listing of its own).
 */
export class UnlinkListing {
  constructor(
    readonly listing: string,
    readonly other: string | null,
    readonly from: Moment | null,
    readonly reason: string,
    readonly actor: string,
  ) {}
}

/** What an identity decision did. */
export interface IdentityDecided {
  listing: string;
  other: string;
  position: bigint;
}

@CommandHandler(LinkListings)
export class LinkListingsHandler implements ICommandHandler<LinkListings, IdentityDecided> {
  constructor(private readonly database: Database) {}

  /** @throws UnknownListingError, IdentityError where both are on one edition */
  async execute({ listing, other, reason, actor }: LinkListings): Promise<IdentityDecided> {
    const { pool } = this.database;
    const list = listing.split(':')[0]!;
    if (listing === other || list !== other.split(':')[0]) throw new IdentityError(listing, other, 'they have to be two listings of one list');
    const expected = await streamVersions(pool, [list]);
    await catchUpViews(pool);
    const timelines = await timelinesOf(pool, [listing, other]);
    for (const id of [listing, other]) if (!timelines.get(id)?.moments().length) throw new UnknownListingError(id);
    const [one, two] = [timelines.get(listing)!, timelines.get(other)!];
    const both = (await knownEditions(pool, [list])).find(({ moment }) => one.isListedAt(moment) && two.isListedAt(moment));
    if (both) throw new IdentityError(listing, other, `the edition of ${both.moment} has both, so they cannot be one`);
    const keys = await keysOfListings(pool, [other]);
    const shared = { list, at: two.moments()[0]!, type: 'identity.linked', reason, actor } as const;
    const recording = new Recording(expected);
    recording.listing(identityEvent({ ...shared, listing, other, continues: true, keys, timeline: mergeTimelines(one, two) }));
    recording.listing(identityEvent({ ...shared, listing: other, other: listing, continues: false, keys: [], timeline: null }));
    const { last } = await append(pool, { expected, events: recording.events });
    await catchUpViews(pool);
    return { listing, other, position: last };
  }
}

@CommandHandler(UnlinkListing)
export class UnlinkListingHandler implements ICommandHandler<UnlinkListing, IdentityDecided> {
  constructor(private readonly database: Database) {}

  /** @throws UnknownListingError, IdentityError where there is nothing to take apart */
  async execute(command: UnlinkListing): Promise<IdentityDecided> {
    const { pool } = this.database;
    const { listing, reason, actor } = command;
    const list = listing.split(':')[0]!;
    const expected = await streamVersions(pool, [list]);
    await catchUpViews(pool);
    const timeline = (await timelinesOf(pool, [listing])).get(listing);
    if (!timeline) throw new UnknownListingError(listing);
    const { other, at, keys, otherIsOlder } = await this.seamOf(command);
    if (command.other !== null && (await timelinesOf(pool, [other])).get(other)?.moments().length) {
      throw new IdentityError(listing, other, 'an edition or a person has them apart already; what is known of both would be mixed');
    }
    const { before, after } = splitTimeline(timeline, at);
    if (before.moments().length === 0 || !after.isListedAt(at)) throw new IdentityError(listing, other, `there is nothing to take apart on ${at}`);
    const [stays, goes] = otherIsOlder ? [after, before] : [before, after];
    const shared = { list, at, type: 'identity.unlinked', reason, actor } as const;
    const recording = new Recording(expected);
    recording.listing(identityEvent({ ...shared, listing, other, continues: true, keys: [], timeline: stays }));
    recording.listing(identityEvent({ ...shared, listing: other, other: listing, continues: true, keys, timeline: goes }));
    const { last } = await append(pool, { expected, events: recording.events });
    await catchUpViews(pool);
    return { listing, other, position: last };
  }

  /** Where to take the listing apart, and which listing the other part becomes. */
  private async seamOf({ listing, other, from }: UnlinkListing) {
    const { pool } = this.database;
    // Editions to come are read by the publisher's ids, whatever the date: a seam elsewhere would not hold.
    if (from !== null && (await keysOfListings(pool, [listing])).length > 0) {
      throw new IdentityError(listing, other ?? '?', 'its publisher gives ids, so that only what was linked can be taken apart again: name the other listing, and no date');
    }
    if (other === null) {
      if (from === null) throw new IdentityError(listing, '?', 'say from which date on it is a listing of its own, or which listing was linked to it');
      return { other: await freeId(pool, listing), at: from, keys: [], otherIsOlder: false };
    }
    const links = (await readEvents(pool, { after: 0n, subjects: [listing], type: 'identity.linked' })).filter(
      (event) => event.data.other === other && event.data.continues === true,
    );
    const link = links.at(-1);
    if (!link) throw new IdentityError(listing, other, 'they were never linked');
    const parts = await timelinesOf(pool, [listing, other], link.position - 1n);
    const starts = [listing, other].map((id) => parts.get(id)?.moments()[0] ?? '');
    const otherIsOlder = starts[1]! < starts[0]!;
    return { other, at: from ?? (otherIsOlder ? starts[0]! : starts[1]!), keys: link.data.keys as string[], otherIsOlder };
  }
}

async function freeId(pool: Database['pool'], listing: string): Promise<string> {
  for (let copy = 2; ; copy++) {
    const id = `${listing}-${copy}`;
    if ((await timelinesOf(pool, [id])).size === 0) return id;
  }
}

function identityEvent(decision: {
  list: string;
  listing: string;
  other: string;
  at: Moment;
  type: IdentityEvent['type'];
  continues: boolean;
  keys: string[];
  timeline: Timeline | null;
  reason: string;
  actor: string;
}): IdentityEvent {
  const { list, listing, other, at, type, continues, keys, timeline, reason, actor } = decision;
  const { citations } = timeline?.contentAt(at) ?? { citations: [] };
  const data = { list, edition: null, citations, dating: 'person', other, continues, keys, reason, actor } as const;
  return {
    type,
    list,
    listing,
    effectiveAt: at,
    cause: 'identity',
    changeClass: 'substantive',
    data: { ...data, citations, keys, timeline: timeline?.written() ?? [] },
  };
}
