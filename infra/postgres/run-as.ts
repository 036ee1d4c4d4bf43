import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedServerUnavailable } from './errors.js';

/** `nobody` on every Linux that we know; initdb wants a user that has a name. */
const NOBODY = 65534;

/** How to run PostgreSQL, which refuses to run as root. */
export interface RunAs {
  /** Who owns the cluster's files; null: whoever we are. */
  owner: { uid: number; gid: number } | null;
  /** What goes before the program on the command line. */
  prefix: string[];
  /** Options for node's spawn. */
  spawn: { uid?: number; gid?: number };
}

/**
 * Decides as whom PostgreSQL runs: as ourselves, or, when we are root, as the owner of the cluster
 * or `nobody`. With `setpriv` that user keeps the right to pass through folders of mode 0700 (CAP_DAC_OVERRIDE),
 * under which root's home and most data folders lie; without it, the folders must let it pass.
 * @param postgres the program, tried with `--version`
 * @param folder the data folder, which must be reachable
 * @param cluster PGDATA, which may not exist yet
 * @throws {EmbeddedServerUnavailable} where PostgreSQL cannot run as anybody
 */
export function decideRunAs(postgres: string, folder: string, cluster: string): RunAs {
  if (process.geteuid?.() !== 0) return { owner: null, prefix: [], spawn: {} };
  const owner = ownerOf(cluster) ?? { uid: NOBODY, gid: NOBODY };
  const prefix = ['setpriv', '--securebits=+no_setuid_fixup', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const withSetpriv = spawnSync(prefix[0]!, [...prefix.slice(1), postgres, '--version'], { cwd: '/' });
  if (withSetpriv.status === 0) return { owner, prefix, spawn: {} };
  const plain = spawnSync(postgres, ['--version'], { ...owner, cwd: '/' });
  const reach = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...owner, cwd: '/' });
  if (plain.status === 0 && reach.status === 0) return { owner, prefix: [], spawn: owner };
  const unreachable = plain.status === 0 ? folder : postgres;
  throw new EmbeddedServerUnavailable(
    `PostgreSQL refuses to run as root, and user ${owner.uid} cannot reach ${unreachable}. Run Listory as another user, install setpriv (package util-linux), or let every user pass through the folders above it (chmod o+x)`,
  );
}

function ownerOf(cluster: string): { uid: number; gid: number } | null {
  const stat = statSync(cluster, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : null;
}

/** Our own environment without the variables by which PostgreSQL's programs can be led astray. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && !name.startsWith('LC_') && name !== 'LANG' && name !== 'LANGUAGE');
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
