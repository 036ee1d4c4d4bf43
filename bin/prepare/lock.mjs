import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { workFolder } from './work-folder.mjs';

const HEARTBEAT_MS = 1_000;
/** Without a heartbeat for so long, the holder is dead (a container that shares the folder cannot be asked). */
const DEAD_MS = 15_000;

/**
 * Runs `work` while no other process of this checkout does; waits for its turn. A holder that died is replaced.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  const file = path.join(workFolder(), 'lock');
  const mine = `${process.pid}@${hostname()} ${Date.now()}`;
  for (let told = false; !take(file, mine); told = true) {
    if (!told) process.stderr.write('Another process is installing or building; waiting for it …\n');
    removeIfDead(file);
    await sleep(50);
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  const release = () => releaseIfOurs(file, mine);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function releaseIfOurs(file, mine) {
  try {
    if (readFileSync(file, 'utf8') === mine) rmSync(file);
  } catch {
    // Gone already.
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Taken from us, because we were suspended for long: two builds at once do no harm.
  }
}

function removeIfDead(file) {
  const aside = `${file}-${process.pid}`;
  try {
    const holder = readFileSync(file, 'utf8');
    if (!isDead(holder, statSync(file).mtimeMs)) return;
    renameSync(file, aside);
    // Between reading and moving another one may have removed the dead holder's and taken it: give it back.
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(error.code)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isDead(holder, touched) {
  if (Date.now() - touched > DEAD_MS) return true;
  const [pid, host] = holder.split(' ')[0].split('@');
  if (host !== hostname() || !pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
