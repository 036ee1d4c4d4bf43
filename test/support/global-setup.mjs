import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import './typescript.mjs';

/**
 * Starts one PostgreSQL for the whole run and says where in LISTORY_TEST_SERVER; `test/support/database.ts` makes
 * databases on it. With LISTORY_TEST_DATABASE_URL (a user who may create databases) that server is used instead.
 */
export default async function globalSetup() {
  if (process.env.LISTORY_TEST_DATABASE_URL) {
    process.env.LISTORY_TEST_SERVER = process.env.LISTORY_TEST_DATABASE_URL;
    return;
  }
  const { startEmbedded } = await import('../../infra/postgres/embedded.ts');
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'listory-test-'));
  // A test run's data need not survive a power cut.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', max_wal_size: '512MB' };
  const server = await startEmbedded({ dataFolder, settings });
  process.env.LISTORY_TEST_SERVER = server.adminUrl;
  globalThis.listoryTestServer = { server, dataFolder, watch: watch(dataFolder) };
}

/** Cleans up if this run is killed: the server would live on for ever, for it minds no terminal and no parent. */
function watch(dataFolder) {
  const script = `
    while kill -0 "$1" 2>/dev/null; do sleep 1; done
    kill -INT "$(head -n 1 "$2/postgres/cluster/postmaster.pid")"
    while [ -e "$2/postgres/cluster/postmaster.pid" ]; do sleep 0.1; done
    rm -rf "$2"`;
  const watcher = spawn('sh', ['-c', script, 'sh', String(process.pid), dataFolder], { detached: true, stdio: 'ignore' });
  watcher.unref();
  return watcher;
}
