import 'reflect-metadata';
import { cpus, loadavg, totalmem } from 'node:os';
import { append } from './cases/append.js';
import { events } from './cases/events.js';
import { importing } from './cases/import.js';
import { oneListing } from './cases/one-listing.js';
import { rebuild } from './cases/rebuild.js';
import { relay } from './cases/relay.js';
import { wholeList } from './cases/whole-list.js';
import type { Case, Result } from './result.js';
import { Server } from './server.js';
import { tableOf } from './table.js';

const CASES: readonly Case[] = [importing, append, rebuild, events, relay, wholeList, oneListing];

const HELP = `npm run bench [-- CASE… --quick --json]
  --quick  two rounds and smaller histories: to see that it works, not to judge by
  --json   the results as JSON
Cases:
${CASES.map((one) => `  ${one.name.padEnd(12)} ${one.about}`).join('\n')}
`;

async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((one) => !one.startsWith('--'));
  const flags = args.filter((one) => one.startsWith('--'));
  const unknown = [
    ...names.filter((name) => !CASES.some((one) => one.name === name)),
    ...flags.filter((flag) => flag !== '--quick' && flag !== '--json'),
  ];
  if (unknown.length > 0) {
    process.stderr.write(`Not known: ${unknown.join(' ')}\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  const quick = flags.includes('--quick');
  const chosen = CASES.filter((one) => names.length === 0 || names.includes(one.name));
  const before = machine();
  const results = await runCases(chosen, quick);
  const load = loadavg()[0]!;
  if (flags.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ machine: before, loadAfter: load, quick, results }, null, 2)}\n`);
    return;
  }
  const { cores, cpu, memoryGb, node, load: loadBefore, at } = before;
  process.stdout.write(`${tableOf(results)}\n${at}: ${cores} cores (${cpu}), ${memoryGb} GB, Node ${node}, load ${loadBefore} before, ${load.toFixed(1)} after.\n`);
}

async function runCases(cases: readonly Case[], quick: boolean): Promise<Result[]> {
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const server = await Server.start();
  const interrupted = () => void server.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const results: Result[] = [];
  try {
    for (const one of cases) {
      say(`${one.name} …`);
      results.push(...(await one.run({ rounds: quick ? 2 : 5, quick, server, say: (text) => say(`  ${text}`) })));
    }
  } finally {
    await server.stop();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
  return results;
}

function machine() {
  const [first] = cpus();
  return {
    at: new Date().toISOString().slice(0, 16),
    cores: cpus().length,
    cpu: first?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    load: loadavg()[0]!.toFixed(1),
  };
}

await main(process.argv.slice(2));
