import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEdition, UnreadableEditionError } from './index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'listory-documents-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Buffer | string): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

/** A zip archive by APPNOTE 6.3: local headers with data, central directory, end record. */
function zipOf(files: Record<string, string>, claimedSize?: number): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const data = deflateRawSync(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claimedSize ?? text.length, 18);
    common.writeUInt16LE(name.length, 22);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(Buffer.concat(local).length, 10);
    local.push(Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), data);
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), common, offset, Buffer.from(name));
  }
  const [body, directory] = [Buffer.concat(local), Buffer.concat(central)];
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(body.length, 12);
  return Buffer.concat([body, directory, Buffer.from('PK\u0005\u0006'), end]);
}

async function contents(path: string): Promise<Record<string, string>> {
  return Object.fromEntries((await openEdition(path)).map(({ name, bytes }) => [name, bytes.toString()]));
}

describe('opening an edition', () => {
  it('takes a file as it is', async () => {
    expect(await contents(await file('sdn.csv', '36,"A"'))).toEqual({ 'sdn.csv': '36,"A"' });
  });

  it('unpacks gzip and takes it out of the name', async () => {
    expect(await contents(await file('2022-01-31.sdn.csv.gz', gzipSync('36,"B"')))).toEqual({ '2022-01-31.sdn.csv': '36,"B"' });
  });

  it('takes a file that is named .gz, but is not packed, as it is', async () => {
    expect(await contents(await file('plain.csv.gz', '36,"C"'))).toEqual({ 'plain.csv': '36,"C"' });
  });

  it('unpacks every file of a zip, without folders and dot files', async () => {
    const zip = zipOf({ 'lists/sdn.csv': 'entries', 'add.csv': 'addresses', '__MACOSX/._add.csv': 'x', '.DS_Store': 'x' });
    expect(await contents(await file('edition.zip', zip))).toEqual({ 'sdn.csv': 'entries', 'add.csv': 'addresses' });
  });

  it('takes the files of a folder as one edition', async () => {
    const edition = join(folder, '2021-04-25');
    await mkdir(edition);
    await writeFile(join(edition, 'sdn.csv.gz'), gzipSync('entries'));
    await writeFile(join(edition, 'add.csv'), 'addresses');
    await writeFile(join(edition, '.DS_Store'), 'x');
    expect(await contents(edition)).toEqual({ 'sdn.csv': 'entries', 'add.csv': 'addresses' });
  });
});

describe('an edition that cannot be opened', () => {
  async function problem(path: string, limits?: { bytes: number; files: number }): Promise<string> {
    const error = await openEdition(path, limits).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableEditionError);
    expect((error as UnreadableEditionError).message).toContain((error as UnreadableEditionError).path);
    return (error as UnreadableEditionError).problem;
  }

  it('is one that is not there', async () => {
    expect(await problem(join(folder, 'nowhere.csv'))).toContain('no such file');
  });

  it('is an empty folder', async () => {
    await mkdir(join(folder, 'empty'));
    expect(await problem(join(folder, 'empty'))).toContain('empty');
  });

  it('is a folder of folders, which are editions of their own', async () => {
    await mkdir(join(folder, 'many', '2021-04-25'), { recursive: true });
    expect(await problem(join(folder, 'many'))).toContain('2021-04-25');
  });

  it('is a gzip that was cut short', async () => {
    const whole = gzipSync('x'.repeat(1000) + Math.PI);
    expect(await problem(await file('cut.csv.gz', whole.subarray(0, whole.length - 6)))).toContain('damaged gzip');
  });

  it('is a zip that was cut short', async () => {
    const whole = zipOf({ 'sdn.csv': 'entries' });
    expect(await problem(await file('cut.zip', whole.subarray(0, whole.length - 30)))).toContain('damaged zip');
  });

  it('is a gzip that unpacks to more than is allowed', async () => {
    const bomb = await file('bomb.csv.gz', gzipSync(Buffer.alloc(5_000_000)));
    expect(await problem(bomb, { bytes: 1_000_000, files: 3 })).toContain('limit');
  });

  it('is a zip that unpacks to more than is allowed, whatever it claims', async () => {
    const honest = await file('bomb.zip', zipOf({ 'sdn.csv': 'x'.repeat(5_000_000) }));
    const lying = await file('lie.zip', zipOf({ 'sdn.csv': 'x'.repeat(5_000_000) }, 10));
    expect(await problem(honest, { bytes: 1_000_000, files: 3 })).toContain('limit');
    expect(await problem(lying, { bytes: 1_000_000, files: 3 })).toContain('damaged zip');
  });

  it('is one of too many files, packed or not', async () => {
    const zip = await file('many.zip', zipOf({ 'a.csv': '1', 'b.csv': '2', 'c.csv': '3', 'd.csv': '4' }));
    expect(await problem(zip, { bytes: 1_000_000, files: 3 })).toContain('more than 3 files');
  });

  it('is one whose files together are too large, though none is', async () => {
    const zip = await file('sum.zip', zipOf({ 'a.csv': 'x'.repeat(600), 'b.csv': 'x'.repeat(600) }));
    expect(await problem(zip, { bytes: 1_000, files: 3 })).toContain('limit');
  });
});
