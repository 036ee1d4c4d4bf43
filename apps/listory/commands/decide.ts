import { userInfo } from 'node:os';
import { type Command } from 'commander';
import type { Json } from '@listory/listings';
import { CORRECTABLE, CorrectListing } from '../../collector/correct-listing.js';
import { DiscardEdition, ReleaseEdition } from '../../collector/decide-held.js';
import type { ImportResult } from '../../collector/import-edition.js';
import { LinkListings, UnlinkListing, type IdentityDecided } from '../../collector/link-listings.js';
import { readConfig } from '../config.js';
import { EXIT, jsonLine, print } from '../output.js';
import { inSession } from '../session.js';

interface Decision {
  reason: string;
  actor: string;
  json?: boolean;
}

/** `release`, `discard`, `correct`, `link`, `unlink`: what a person decides, with who and why. */
export function decideCommands(program: Command): void {
  releaseCommand(program);
  discardCommand(program);
  correctCommand(program);
  linkCommand(program);
  unlinkCommand(program);
}

function releaseCommand(program: Command): void {
  decision(program, 'release', 'record an edition that was held', 'Records an edition that was held, because it is right after all.')
    .argument('<edition>', 'its sha256, or the first digits of it (see: listory held)')
    .option('--date <date>', 'its date, where the sha256 fits several')
    .action(async (edition: string, options: Decision & { date?: string }) => {
      await inSession(readConfig(), async ({ commands, config }) => {
        const { reason, actor, date } = options;
        const today = new Date().toISOString().slice(0, 10);
        const how = { ...(date === undefined ? {} : { date }), limits: config.holdLimits, today };
        const results: ImportResult[] = await commands.execute(new ReleaseEdition(edition, reason, actor, how));
        for (const one of results) {
          const said = `${one.list} ${one.date}: released, +${one.added} -${one.removed} ~${one.changed}, position ${one.position}`;
          await print(options.json ? jsonLine(one) : said);
        }
      });
    });
}

function discardCommand(program: Command): void {
  decision(program, 'discard', 'set an edition that was held aside', 'Sets an edition that was held aside for good. Its bytes stay in the archive.')
    .argument('<edition>', 'its sha256, or the first digits of it (see: listory held)')
    .option('--date <date>', 'its date, where the sha256 fits several')
    .action(async (edition: string, { reason, actor, date, json }: Decision & { date?: string }) => {
      await inSession(readConfig(), async ({ commands }) => {
        const { source, moment, sha256 } = await commands.execute(new DiscardEdition(edition, reason, actor, date));
        await print(json ? jsonLine({ source, date: moment, sha256, outcome: 'discarded' }) : `${source} ${moment}: discarded`);
      });
    });
}

function correctCommand(program: Command): void {
  const command = decision(
    program,
    'correct',
    'put right what a publisher says of a listing',
    'Puts one field of a listing right. It holds until the publisher changes that field; what the publisher said stays\n' +
      'in the history beneath. For aliases and addresses: --remove takes one away, --value adds one, both replace one.\n\n' +
      "Example: listory correct us-ofac-sdn:36 --field name --value 'AEROCARIBBEAN' --reason 'misprint'",
  )
    .argument('<id>', 'the listing')
    .requiredOption('--field <field>', `one of ${FIELDS}`)
    .option('--value <value>', 'the right value: text, or JSON for what is not a text')
    .option('--remove <text>', 'the alias or address to take away')
    .option('--from <date>', 'from when on it holds (default: since the listing was last listed)')
    .action(async (id: string, options: Decision & { field: string; value?: string; remove?: string; from?: string }) => {
      const { field, value, remove, from, reason, actor, json } = options;
      if (!isCorrectable(field)) command.error(`error: there is no field '${field}'. Fields: ${FIELDS}.`, { exitCode: EXIT.wrongUse });
      const correction = new CorrectListing(id, field, remove ?? null, valueOf(field, value), reason, actor, from);
      await inSession(readConfig(), async ({ commands }) => {
        const { position, event } = await commands.execute(correction);
        const { before, after } = event.data;
        const said = `${id}: ${field} from ${event.effectiveAt} on ${JSON.stringify(after)}, was ${JSON.stringify(before)}; position ${position}`;
        await print(json ? jsonLine({ position, ...event }) : said);
      });
    });
}

const FIELDS = [...CORRECTABLE, 'details.<key>', 'aliases', 'addresses'].join(', ');

function isCorrectable(field: string): boolean {
  return (CORRECTABLE as readonly string[]).includes(field) || field === 'aliases' || field === 'addresses' || /^details\../.test(field);
}

function linkCommand(program: Command): void {
  decision(program, 'link', 'say that two listings are one', 'Says that two listings are one: the first goes on with all that the second was.')
    .argument('<id>', 'the listing that goes on')
    .argument('<other>', 'the listing that is the same')
    .action(async (id: string, other: string, { reason, actor, json }: Decision) => {
      await inSession(readConfig(), async ({ commands }) => {
        const done: IdentityDecided = await commands.execute(new LinkListings(id, other, reason, actor));
        await print(json ? jsonLine(done) : `${done.other} is now read as ${done.listing}; position ${done.position}`);
      });
    });
}

function unlinkCommand(program: Command): void {
  decision(
    program,
    'unlink',
    'take a listing apart',
    'Takes a listing apart: what was linked to it before (OTHER), or what editions joined by mistake (--from a date).',
  )
    .argument('<id>', 'the listing')
    .argument('[other]', 'the listing that was linked to it')
    .option('--from <date>', 'from when on it is a listing of its own')
    .action(async (id: string, other: string | undefined, options: Decision & { from?: string }) => {
      const { reason, actor, json, from } = options;
      await inSession(readConfig(), async ({ commands }) => {
        const command = new UnlinkListing(id, other ?? null, from ?? null, reason, actor);
        const done: IdentityDecided = await commands.execute(command);
        await print(json ? jsonLine(done) : `${done.other} is now apart from ${done.listing}; position ${done.position}`);
      });
    });
}

function decision(program: Command, name: string, summary: string, description: string): Command {
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .requiredOption('--reason <reason>', 'why, recorded for ever')
    .option('--actor <name>', 'who', process.env.LISTORY_ACTOR ?? userInfo().username)
    .option('--json', 'one JSON document');
}

/** Text fields take the text as it is; other fields JSON, or the text where it is none. */
function valueOf(field: string, value: string | undefined): Json {
  if (value === undefined) return null;
  if (['name', 'remarks', 'heading', 'type', 'aliases', 'addresses', 'declaredFrom', 'inForceUntil'].includes(field)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
