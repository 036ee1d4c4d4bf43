import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { findBinaries, linkLibraries } from './binaries.js';

describe('the PostgreSQL programs from npm', () => {
  it('run here, and tell their version', () => {
    const { postgres, initdb, major } = findBinaries();
    for (const program of [postgres, initdb]) expect(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout).toContain(`(PostgreSQL) ${major}`);
  });

  it('get the links that an install without scripts has not made, and keep those that are there', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'listory links '));
    mkdirSync(path.join(root, 'native/lib'), { recursive: true });
    writeFileSync(path.join(root, 'native/lib/libpq.so.5.18'), 'the library');
    writeFileSync(path.join(root, 'native/lib/there.so'), 'kept');
    writeFileSync(path.join(root, 'native/pg-symlinks.json'), JSON.stringify([
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/there.so' },
    ]));
    linkLibraries(root);
    linkLibraries(root);
    expect(readFileSync(path.join(root, 'native/lib/libpq.so.5'), 'utf8')).toBe('the library');
    expect(readFileSync(path.join(root, 'native/lib/there.so'), 'utf8')).toBe('kept');
    rmSync(root, { recursive: true });
  });
});
