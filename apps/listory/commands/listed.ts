import type { Command } from 'commander';
import { listsNamed } from '../../api/asking/known-lists.js';
import { WasListed, type ListedAnswer } from '../../api/listings/was-listed.js';
import type { Rests } from '../../api/asking/rests.js';
import { askAndPrint, checkUse, withStateOptions, type StateOptions } from '../questions.js';
import { EXIT } from '../output.js';
import { beside } from '../text/layout.js';
import { listingInWords } from '../text/listing.js';
import { restsInWords } from '../text/rests.js';

interface Options extends StateOptions {
  id?: string;
  list?: string;
}

/** `listed NAME`: was it listed? */
export function listedCommand(program: Command): void {
  const command = program
    .command('listed')
    .summary('was it listed on a day?')
    .description(
      'Says whether a name or a listing was listed on a day: yes, no or unknown, with names, addresses, citations, and on what\n' +
        'the answer rests. The whole name is compared with names and aliases, without case, accents, punctuation and legal\n' +
        'forms: a part of a name is no match.',
    )
    .argument('[name]', 'a name or alias')
    .option('--id <id>', 'a listing by its id, instead of a name')
    .option('--list <lists>', 'only in this list, or these, with commas (default: all that are held)')
    .addHelpText('after', '\nExample:\n  listory listed "Nettrix Information Industry" --as-of 2025-03-25\n  listory listed --id us-ofac-sdn:36 --known-at 2026-01-01T00:00:00Z --json');
  withStateOptions(command).action(async (name: string | undefined, options: Options) => {
    const wrong = (why: string) => command.error(`error: ${why}`, { exitCode: EXIT.wrongUse });
    if ((name === undefined) === (options.id === undefined)) wrong('give either a NAME or --id.');
    if (options.id !== undefined && options.list !== undefined) wrong('--list goes with a NAME: an id says its list itself.');
    const lists = checkUse(command, () => listsNamed(options.list));
    const asked = { ...(name === undefined ? {} : { name }), ...(options.id === undefined ? {} : { id: options.id }), lists };
    await askAndPrint<ListedAnswer & Rests>(options, (moments) => new WasListed(asked, moments), (answer) => inWords(name ?? options.id!, answer));
  });
}

function inWords(who: string, answer: ListedAnswer & Rests): string {
  const parts = [beside('', `${who} on ${answer.asOf}: ${answer.listed.toUpperCase()}`, 0, 0)];
  const isFound = answer.listings.length + answer.notListed.length > 0;
  if (!isFound) parts.push('No listing or alias bears this name, compared as a whole: a part of it, or another spelling, may.');
  if (answer.continuedBy) parts.push(`It goes on as ${answer.continuedBy}.`);
  parts.push(...answer.listings.map(listingInWords));
  if (answer.notListed.length) parts.push('Known under this name or id, but not listed that day:', ...answer.notListed.map(listingInWords));
  return [...parts, restsInWords(answer)].join('\n\n');
}
