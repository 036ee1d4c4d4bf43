import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { append, streamVersions } from '@listory/event-log';
import { addressId, isDate, isMoment, type Address, type Alias, type CorrectedEvent, type Json, type Moment, type Timeline } from '@listory/listings';
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
  const problem = field.startsWith('details.') ? null : problemWith(field, value);
  if (problem !== null) throw new CorrectionError(listing, field, problem);
  return { before: timeline.valueAt(field, at), after: value };
}

const TYPES: readonly Json[] = ['entity', 'individual', 'vessel', 'aircraft', 'address', 'unknown'];

/** What keeps a value from standing in a field of a listing, or null. An event that cannot be read must not be recorded. */
function problemWith(field: string, value: Json): string | null {
  const isText = (one: Json | undefined) => typeof one === 'string';
  const isTextOrNull = (one: Json | undefined) => one === null || isText(one);
  const has = (one: Json, check: (object: Record<string, Json>) => boolean) => one !== null && typeof one === 'object' && !Array.isArray(one) && check(one);
  const everyOf = (check: (one: Json) => boolean) => Array.isArray(value) && value.every(check);
  switch (field) {
    case 'name':
      return isText(value) && value !== '' ? null : 'a name is a text';
    case 'type':
      return TYPES.includes(value) ? null : `a type is one of ${TYPES.join(', ')}`;
    case 'programs':
      return everyOf(isText) ? null : 'programs are a JSON array of texts';
    case 'identifiers':
      return everyOf((one) => has(one, ({ type, value: id, country }) => isText(type) && isText(id) && isTextOrNull(country)))
        ? null
        : 'identifiers are a JSON array of {"type", "value", "country"}';
    case 'citations':
      return everyOf((one) => has(one, ({ text, volume, page, date }) => isText(text) && isNumberOrNull(volume) && isNumberOrNull(page) && isTextOrNull(date)))
        ? null
        : 'citations are a JSON array of {"text", "volume", "page", "date"}';
    case 'licence':
      return value === null || has(value, ({ requirement, policy, footnotes }) => isTextOrNull(requirement) && isTextOrNull(policy) && Array.isArray(footnotes) && footnotes.every(isText))
        ? null
        : 'a licence is null or {"requirement", "policy", "footnotes"}';
    case 'declaredFrom':
    case 'inForceUntil':
      return value === null || (typeof value === 'string' && isDate(value)) ? null : 'a date is YYYY-MM-DD';
    default:
      return isTextOrNull(value) ? null : 'its value is a text';
  }
}

function isNumberOrNull(value: Json | undefined): boolean {
  return value === null || typeof value === 'number';
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
