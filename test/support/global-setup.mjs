import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Starts one PostgreSQL for the whole run and says where in LISTORY_TEST_SERVER; `test/support/database.ts` makes
 * databases on it. With LISTORY_TEST_DATABASE_URL (a user who may create databases) that server is used instead.
 */
export default async function globalSetup() {
  if (process.env.LISTORY_TEST_DATABASE_URL) {
    process.env.LISTORY_TEST_SERVER = process.env.LISTORY_TEST_DATABASE_URL;
    return;
  }
  const { startEmbedded } = await import(launcher());
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'listory-test-'));
  // A test run's data need not survive a power cut.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', max_wal_size: '512MB' };
  const server = await startEmbedded({ dataFolder, settings });
  process.env.LISTORY_TEST_SERVER = server.adminUrl;
  globalThis.listoryTestServer = { server, dataFolder };
}

/** Jest's global setup runs untranspiled: the launcher is compiled file by file into node_modules/.cache. */
function launcher() {
  const from = path.join(ROOT, 'infra/postgres');
  const to = mkdtempSync(path.join(cacheFolder(), 'launcher-'));
  for (const file of readdirSync(from).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
    const { code } = transformSync(readFileSync(path.join(from, file), 'utf8'), {
      filename: file,
      swcrc: false,
      module: { type: 'es6' },
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    });
    writeFileSync(path.join(to, file.replace(/\.ts$/, '.js')), code);
  }
  globalThis.listoryTestLauncher = to;
  return pathToFileURL(path.join(to, 'embedded.js')).href;
}

function cacheFolder() {
  const folder = path.join(ROOT, 'node_modules/.cache/listory-test');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}
