import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

/**
 * Starts a test's process in a quarter of the time. The collector's handlers and the projector use NestJS for their
 * decorators and for logging only, and TypeORM not at all where the process opens its own pool: here they are left out.
 * What is compiled is kept, by content. All that such processes are to test (handlers, log, archive, views) is the
 * real thing.
 */
if (isMainThread) register(import.meta.url);

const decorator = '() => () => {}';
const STAND_INS = {
  '@nestjs/common': `
    export const Injectable = ${decorator}, Module = ${decorator};
    export class Logger { log() {} warn(text) { console.error(text); } error(text) { console.error(text); } }`,
  '@nestjs/cqrs': `
    export const CommandHandler = ${decorator}, QueryHandler = ${decorator};
    export class CommandBus {} export class QueryBus {} export class CqrsModule {}`,
  typeorm: 'export class DataSource {}',
};
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/listory-test/', import.meta.url));
mkdirSync(COMPILED, { recursive: true });

/** Hook of node's module loader. */
export async function resolve(specifier, context, next) {
  return STAND_INS[specifier] ? { url: `stand-in:${specifier}`, shortCircuit: true } : next(specifier, context);
}

/** Hook of node's module loader. */
export async function load(url, context, next) {
  const source = STAND_INS[url.replace('stand-in:', '')];
  if (source) return { format: 'module', source, shortCircuit: true };
  return url.endsWith('.ts') ? compiled(url, () => next(url, context)) : next(url, context);
}

async function compiled(url, compile) {
  const key = createHash('sha256').update(url).update(readFileSync(fileURLToPath(url))).digest('hex');
  const file = `${COMPILED}${key}.js`;
  try {
    return { format: 'module', source: readFileSync(file, 'utf8'), shortCircuit: true };
  } catch {
    const result = await compile();
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, result.source);
    renameSync(draft, file);
    return result;
  }
}
