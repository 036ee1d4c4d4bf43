import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/** A folder for what preparing needs; git does not see it. */
export function workFolder() {
  const folder = path.join(root, '.build');
  const ignore = path.join(folder, '.gitignore');
  if (!existsSync(ignore)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(ignore, '*\n');
  }
  return folder;
}
