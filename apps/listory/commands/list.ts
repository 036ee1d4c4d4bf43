import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { toJson, type JsonText } from '../../api/asking/json-text.js';
import { requireList } from '../../api/asking/known-lists.js';
import { ListAsOf, type ListAnswer } from '../../api/lists/list-as-of.js';
import { WholeList, type WholeListAnswer } from '../../api/lists/whole-list.js';
import { readConfig } from '../config.js';
import { print, table } from '../output.js';
import { checkUse, momentsOf, WHOLE, withStateOptions, type StateOptions } from '../questions.js';
import { inReadingSession } from '../session.js';
import { clip, counted } from '../text/layout.js';
import type { ShownListing } from '../text/listing.js';
import { restsInWords } from '../text/rests.js';

interface Options extends StateOptions {
  format: 'table' | 'csv' | 'ndjson';
}

/** `list LIST`: the whole list of a day. */
export function listCommand(program: Command): void {
  const command = program
    .command('list')
    .summary('a whole list on a day')
    .description('Prints a whole list as it was at the end of a day. csv and ndjson come with every field; on what they rest goes to stderr.')
    .argument('<list>', 'the list, such as us-bis-el')
    .addOption(new Option('--format <format>', 'how').choices(['table', 'csv', 'ndjson']).default('table'))
    .addHelpText('after', '\nExample:\n  listory list us-bis-el --as-of 2025-03-25 --format csv > entity-list.csv');
  withStateOptions(command).action(async (list: string, options: Options) => {
    checkUse(command, () => requireList(list));
    await inReadingSession(readConfig(), async (session) => {
      const moments = await momentsOf(session, options);
      if (options.json || options.format === 'table') {
        const answer = await session.queries.execute<ListAsOf, ListAnswer>(new ListAsOf(list, moments, WHOLE));
        await print(options.json ? toJson(answer) : inWords(answer));
        return;
      }
      const { rests, total, stream } = await session.queries.execute<WholeList, WholeListAnswer>(new WholeList(list, moments, options.format));
      process.stderr.write(`${list} on ${rests.asOf}: ${counted(total, 'listing')}\n${restsInWords(rests)}\n`);
      await pipeline(stream, process.stdout, { end: false });
    });
  });
}

function inWords(answer: ListAnswer): string {
  const rows = answer.listings.map((json: JsonText) => {
    const { id, name, type, listedFrom, listedUntil, basis, citations } = json.parsed<ShownListing>();
    return [clip(id, 26), clip(name, 44), type === 'unknown' ? '' : type, listedFrom, listedUntil, basis, clip(citations.map((one) => one.text).join('; '), 18)];
  });
  const header = ['id', 'name', 'type', 'from', 'until', 'basis', 'citations'];
  const undated = answer.undated
    ? [`The editions around that day disagree without a date: ${answer.undated.removed} of these may have gone already, ${answer.undated.added} others may have come.`]
    : [];
  return [table(header, rows), `${counted(answer.total, 'listing')} on ${answer.asOf}.`, ...undated, restsInWords(answer)].join('\n\n');
}
