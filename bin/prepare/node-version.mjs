import fs from 'fs';

const wanted = JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).engines.node.replace(
  /[^\d.]/g,
  '',
);
const here = process.versions.node.split('.').map(Number);
const least = wanted.split('.').map(Number);

if (here[0] < least[0] || (here[0] === least[0] && here[1] < least[1])) {
  console.error(
    'Listory needs Node.js ' + wanted + ' or newer, but ' + process.execPath + ' is ' + process.versions.node + '.',
  );
  console.error('Install a newer one, from https://nodejs.org or with: nvm install ' + least[0]);
  process.exit(1);
}
