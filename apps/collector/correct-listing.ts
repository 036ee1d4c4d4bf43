import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { append, streamVersions } from '@listory/event-log';
import { addressId, isMoment, type Address, type Alias, type CorrectedEvent, type Json, type Moment, type Timeline } from '@listory/listings';
import { Database } from '@listory/postgres';
import { catchUpViews } from '@listory/views';
import { CorrectionError, EditionDateError, UnknownListingError } from './errors.js';
import { Recording } from './recording.js';
import { timelinesOf } from './timelines.js';

/** Fields that a person can correct as a whole, besides `details.<key>`. */
export const CORRECTABLE = [
  'name',
  'type',
  'heading',
  'programs',
  'identifiers',
  'licence',
  'citations',
  'remarks',
  'declaredFrom',
  'inForceUntil',
] as const;

/**
 * A person puts one field of a listing right, or adds or takes away one alias or address (`before` or `after` null).
 * It holds from `from` until the publisher changes that field; what the publisher says stays beneath.
 */
export class CorrectListing {
  constructor(
    readonly listing: string,
    /** One of CORRECTABLE, `details.<key>`, `aliases` or `addresses`. */
    readonly field: string,
    /** For `aliases` and `addresses`: the one to take away, by its name or text; else not used. */
    readonly remove: string | null,
    /** The right value; for `aliases` and `addresses` the name or text of the one to add. */
    readonly value: Json,
    readonly reason: string,
    readonly actor: string,
    /** Default: the start of the listing's last period. */
    readonly from?: Moment,
  ) {}
}

@CommandHandler(CorrectListing)
export class CorrectListingHandler implements ICommandHandler<CorrectListing, { position: bigint; event: CorrectedEvent }> {
  constructor(private readonly database: Database) {}

  /** @throws UnknownListingError, CorrectionError, EditionDateError */
  async execute(command: CorrectListing): Promise<{ position: bigint; event: CorrectedEvent }> {
    const { pool } = this.database;
    const list = command.listing.split(':')[0]!;
    const expected = await streamVersions(pool, [list]);
    const timeline = (await timelinesOf(pool, [command.listing])).get(command.listing);
    if (!timeline) throw new UnknownListingError(command.listing);
    const event = correctionOf(command, list, timeline);
    const recording = new Recording(expected);
    recording.listing(event);
    const { last } = await append(pool, { expected, events: recording.events });
    await catchUpViews(pool);
    return { position: last, event };
  }
}

function correctionOf(command: CorrectListing, list: string, timeline: Timeline): CorrectedEvent {
  const { listing, field, reason, actor } = command;
  if (command.from !== undefined && !isMoment(command.from)) throw new EditionDateError(command.from);
  const last = timeline.fields.get('presence')?.findLast((entry) => entry.value === true)?.at;
  const effectiveAt = command.from ?? timeline.periodStart(last ?? '9999-12-31')?.at ?? last;
  if (effectiveAt === undefined) throw new CorrectionError(listing, field, 'the listing is joined to another one now; correct that one');
  const change = field === 'aliases' || field === 'addresses' ? elementChange(command, field, timeline, effectiveAt) : fieldChange(command, timeline, effectiveAt);
  const { citations } = timeline.contentAt(effectiveAt);
  return {
    type: 'listing.corrected',
    list,
    listing,
    effectiveAt,
    cause: 'correction',
    changeClass: 'substantive',
    data: { list, edition: null, citations, dating: 'person', field, ...change, actor, reason },
  };
}

function fieldChange({ listing, field, value }: CorrectListing, timeline: Timeline, at: Moment): { before: Json; after: Json } {
  const isKnown = (CORRECTABLE as readonly string[]).includes(field) || /^details\../.test(field);
  if (!isKnown) throw new CorrectionError(listing, field, `it is none of ${CORRECTABLE.join(', ')}, details.<key>, aliases, addresses`);
  const wantsList = ['programs', 'identifiers', 'citations'].includes(field);
  if (wantsList !== Array.isArray(value) && !field.startsWith('details.')) {
    throw new CorrectionError(listing, field, wantsList ? 'its value has to be a JSON array' : 'its value cannot be an array');
  }
  if (field === 'name' && (typeof value !== 'string' || value === '')) throw new CorrectionError(listing, field, 'a name is a text');
  return { before: timeline.valueAt(field, at), after: value };
}

function elementChange(
  { listing, field, remove, value }: CorrectListing,
  kind: 'aliases' | 'addresses',
  timeline: Timeline,
  at: Moment,
): { before: Json; after: Json } {
  const state = timeline.contentAt(at);
  const here: (Alias | Address)[] = state[kind];
  const textOf = (one: Alias | Address) => ('name' in one ? one.name : one.text);
  const before = remove === null ? null : here.find((one) => textOf(one) === remove);
  if (before === undefined) throw new CorrectionError(listing, field, `it has no '${remove}' on ${at}; it has: ${here.map(textOf).join(' | ')}`);
  const after = value === null ? null : kind === 'aliases' ? aliasOf(String(value)) : addressOf(String(value));
  return { before: before as unknown as Json, after: after as unknown as Json };
}

function aliasOf(name: string): Alias {
  return { name, kind: 'a.k.a.', quality: null, number: null, details: {} };
}

function addressOf(text: string): Address {
  const parts = { street: null, city: null, region: null, postalCode: null, country: null, number: null };
  const address: Address = { text, ...parts, details: {} };
  return { id: addressId(address), ...address };
}
