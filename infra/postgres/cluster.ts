import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Binaries } from './binaries.js';
import { serverPaths, type DataFolder } from './data-folder.js';
import { ClusterOfAnotherVersion, EmbeddedServerFailed, NotADataFolder } from './errors.js';
import { serverEnvironment, type RunAs } from './run-as.js';

/** The superuser and the owner of everything in the embedded cluster. */
export const SUPERUSER = 'listory';
const HOUR = 3_600_000;

/**
 * Makes the cluster where there is none. It is made in a folder beside and renamed when complete, so a crash
 * leaves nothing half-made under the final name, and of two who make it at once one wins and the other uses it.
 * @throws {ClusterOfAnotherVersion} {NotADataFolder} {EmbeddedServerFailed}
 */
export async function ensureCluster(folder: DataFolder, binaries: Binaries, as: RunAs): Promise<void> {
  if (!existsSync(folder.server)) await makeCluster(folder, binaries, as);
  const version = readOrNull(path.join(folder.cluster, 'PG_VERSION'))?.trim();
  if (version === undefined || readOrNull(folder.password) === null) {
    throw new NotADataFolder(folder.root, `${folder.server} is incomplete or belongs to another user`);
  }
  if (version !== binaries.major) throw new ClusterOfAnotherVersion(folder.root, version, binaries.major);
}

async function makeCluster(folder: DataFolder, binaries: Binaries, as: RunAs): Promise<void> {
  removeAbandoned(folder.root);
  const draft = serverPaths(mkdtempSync(path.join(folder.root, 'postgres.new-')));
  try {
    writeFileSync(draft.password, randomBytes(24).toString('hex'), { mode: 0o600 });
    mkdirSync(draft.cluster, { mode: 0o700 });
    if (as.owner) for (const file of [draft.server, draft.cluster, draft.password]) chownSync(file, as.owner.uid, as.owner.gid);
    await initdb(draft, folder.root, binaries, as);
    renameSync(draft.server, folder.server);
  } catch (error) {
    // ENOTEMPTY, EEXIST: somebody else's cluster came first.
    if (!existsSync(folder.cluster)) throw error;
  } finally {
    rmSync(draft.server, { recursive: true, force: true });
  }
}

/** The collation is PostgreSQL's own C.UTF-8: the same order on every machine, whatever its libc. */
async function initdb(draft: Omit<DataFolder, 'root'>, root: string, binaries: Binaries, as: RunAs): Promise<void> {
  const args = [
    ...as.prefix, binaries.initdb, `--pgdata=${draft.cluster}`, `--username=${SUPERUSER}`, `--pwfile=${draft.password}`,
    '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
  ];
  const child = spawn(args[0]!, args.slice(1), { ...as.spawn, cwd: '/', env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stdout.on('data', (text) => said.push(String(text)));
  child.stderr.on('data', (text) => said.push(String(text)));
  const status = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  if (status !== 0) throw new EmbeddedServerFailed(root, `initdb ended with ${status}`, said.join('').slice(-2000));
}

/** A killed initdb leaves its folder behind; an hour is far more than any initdb takes. */
function removeAbandoned(root: string): void {
  for (const name of readdirSync(root).filter((entry) => entry.startsWith('postgres.new-'))) {
    const stat = statSync(path.join(root, name), { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > HOUR) rmSync(path.join(root, name), { recursive: true, force: true });
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
