import type { Command } from 'commander';
import { WhoWasAt, type AddressAnswer } from '../../api/addresses/who-was-at.js';
import { toJson } from '../../api/asking/json-text.js';
import { listsNamed } from '../../api/asking/known-lists.js';
import { askAndPrint, checkUse, WHOLE, withStateOptions, type StateOptions } from '../questions.js';
import { restsInWords } from '../text/rests.js';

interface There {
  id: string;
  name: string;
  listedFrom: string;
  listedUntil: string | null;
  listed?: 'yes' | 'unknown';
  basis: string;
  matched: { text: string }[];
}

/** `address TEXT`: who was at this address, and who ever was. */
export function addressCommand(program: Command): void {
  const command = program
    .command('address')
    .summary('who was at this address?')
    .description('Says which listings had an address on a day: one that reads the same after folding, or has all words of TEXT.')
    .argument('<text>', 'an address, or some words of one')
    .option('--list <lists>', 'only in this list, or these, with commas (default: all that are held)')
    .addHelpText('after', '\nExample:\n  listory address "15 Haitai Huake Street, Tianjin" --as-of 2020-01-01');
  withStateOptions(command).action(async (text: string, options: StateOptions & { list?: string }) => {
    const lists = checkUse(command, () => listsNamed(options.list));
    await askAndPrint<AddressAnswer & { asOf: string }>(options, (moments) => new WhoWasAt({ text, lists }, moments, WHOLE), (answer) => inWords(text, answer));
  });
}

function inWords(text: string, answer: AddressAnswer & { asOf: string }): string {
  const there = JSON.parse(toJson(answer.listings)) as There[];
  const lines = there.flatMap(({ id, name, listedFrom, listedUntil, listed, basis, matched }) => [
    `${id}  ${name}  listed from ${listedFrom}${listedUntil ? ` until ${listedUntil}` : ''}${listed === 'unknown' ? `; whether on that day is not known (${basis})` : ''}`,
    ...matched.map((one) => `  ${one.text}`),
  ]);
  const nobody = answer.basis === 'unknown' ? 'nobody on a list of which that day is held; of the others it is not known' : 'nobody on a list';
  const addresses = answer.addresses.map((one) => `  ${one.id}  ${one.text}`);
  return [`At ${text} on ${answer.asOf}:`, ...(lines.length > 0 ? lines : [nobody]), '', 'addresses', ...addresses, '', restsInWords(answer)].join('\n');
}
