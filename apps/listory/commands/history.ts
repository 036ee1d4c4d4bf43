import type { Command } from 'commander';
import { ListingHistory, type HistoryAnswer, type HistoryEvent } from '../../api/listings/listing-history.js';
import { askAndPrint, withKnownAt, type StateOptions } from '../questions.js';
import { beside, clip } from '../text/layout.js';
import { restsInWords } from '../text/rests.js';

/** `history ID`: the life of one listing. */
export function historyCommand(program: Command): void {
  const command = program
    .command('history')
    .summary('what happened to one listing')
    .description('Each period in which a listing was listed, the gaps between, and every change with its cause, citation and edition.')
    .argument('<id>', 'a listing, such as us-ofac-sdn:36 (find ids with: listory listed NAME)')
    .addHelpText('after', '\nExample:\n  listory history us-ofac-sdn:36');
  withKnownAt(command).action((id: string, options: StateOptions) =>
    askAndPrint<HistoryAnswer>(options, (moments) => new ListingHistory(id, moments), inWords),
  );
}

function inWords(answer: HistoryAnswer): string {
  const periods = answer.periods.map(({ from, fromDating, until, untilDating }, index) =>
    beside(index === 0 ? 'listed' : '', `${from} (${fromDating}) to ${until === null ? 'now' : `${until} (${untilDating})`}`, 0),
  );
  const gaps = answer.gaps.map(({ from, until }, index) => beside(index === 0 ? 'gaps' : '', `${from} to ${until}`, 0));
  return [
    `${answer.id}${answer.continuedBy ? `, which goes on as ${answer.continuedBy}` : ''}`,
    [...periods, ...gaps].join('\n') || 'Not listed at any time, as known then.',
    ...answer.events.map(eventInWords),
    restsInWords(answer),
  ].join('\n\n');
}

function eventInWords(event: HistoryEvent): string {
  const { field, dating, reason, actor, edition } = event;
  const line = (label: string, text: string | null | undefined) => (text ? [beside(label, text)] : []);
  return [
    `${event.effectiveAt ?? '(no date)'}  ${event.type}${dating ? ` (dated by ${dating})` : ''}, cause ${event.cause}${event.class ? `, ${event.class}` : ''}`,
    ...line('name', event.listing?.name),
    ...line('field', field),
    ...(field === undefined ? [] : [...line('before', shown(event.before)), ...line('after', shown(event.after))]),
    ...line('other', event.other),
    ...line('reason', reason && `${reason}${actor ? ` (${actor})` : ''}`),
    ...line('citations', event.citations.map((one) => one.text).join('; ')),
    ...line('edition', edition && `${edition.date} ${edition.sha256.slice(0, 12)}`),
    beside('recorded', `${event.recordedAt.slice(0, 19)}Z at position ${event.position}`),
  ].join('\n');
}

/** One side of a change: the text of an address or citation, the name of an alias; else the values of what it is made of. */
export function shown(value: unknown): string {
  return clip(plain(value), 600);
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '(nothing)';
  if (Array.isArray(value)) return value.length ? value.map(plain).join('; ') : '(nothing)';
  if (typeof value !== 'object') return String(value);
  const { text, name } = value as { text?: string; name?: string };
  if (text ?? name) return (text ?? name)!;
  const members = Object.entries(value).filter(([, one]) => one !== null && !(Array.isArray(one) && one.length === 0));
  return members.map(([key, one]) => `${key}: ${plain(one)}`).join('; ');
}
