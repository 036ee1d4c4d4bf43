import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { CommandFailed, run } from './run.mjs';
import { workFolder } from './work-folder.mjs';

const nest = path.join(root, 'node_modules/@nestjs/cli/bin/nest.js');

/**
 * Runs `nest build` into another folder than dist; quiet unless it fails.
 * @param {string} outDir whole path
 * @param {{ withTestFolder?: boolean }} [options] withTestFolder: compile what lies under test as well, but no `*.test.ts`
 * @throws CommandFailed
 */
export async function nestBuild(outDir, { withTestFolder = false } = {}) {
  if (!existsSync(nest))
    throw new CommandFailed('Building', 'the packages for development are missing: run "npm ci --include=dev"');
  const settings = path.join(workFolder(), `tsconfig-${process.pid}.json`);
  const nestSettings = path.join(workFolder(), `nest-cli-${process.pid}.json`);
  writeFileSync(
    settings,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: { outDir, rootDir: root },
      include: [path.join(root, 'apps')],
    }),
  );
  writeFileSync(nestSettings, JSON.stringify(nestSettingsFor(withTestFolder)));
  try {
    const said = [];
    const args = ['build', '--config', path.relative(root, nestSettings), '--path', path.relative(root, settings)];
    const status = await run(process.execPath, [nest, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      onStart: (child) =>
        [child.stdout, child.stderr].forEach((stream) => stream.on('data', (chunk) => said.push(chunk))),
    });
    if (status === 0 && existsSync(path.join(outDir, 'apps/listory/main.js'))) return;
    process.stderr.write(Buffer.concat(said));
    throw new CommandFailed('nest build', `exit status ${status}`);
  } finally {
    rmSync(settings, { force: true });
    rmSync(nestSettings, { force: true });
  }
}

function nestSettingsFor(withTestFolder) {
  const settings = JSON.parse(readFileSync(path.join(root, 'nest-cli.json'), 'utf8'));
  const { options } = settings.compilerOptions.builder;
  if (withTestFolder) options.ignore = options.ignore.filter((pattern) => pattern !== 'test/**');
  return settings;
}
