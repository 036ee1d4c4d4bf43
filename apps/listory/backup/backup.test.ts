import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { archiveEdition, readDocument } from '@listory/archive';
import { append, headPosition, readEvents } from '@listory/event-log';
import { prepareViews } from '@listory/views';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { backup, restore } from './backup.js';

let full: FreshDatabase;
let empty: FreshDatabase;
let folder: string;

beforeAll(async () => {
  [full, empty] = await Promise.all([freshDatabase(), freshDatabase()]);
  folder = await mkdtemp(join(tmpdir(), 'listory-backup-'));
  const { pool } = full.database;
  await prepareViews(pool);
  const { sha256 } = await archiveEdition(pool, [{ name: 'a.csv', bytes: Buffer.from([0, 9, 10, 13, 92, 255]) }]);
  const data = { note: 'tab\\t \\u2028 line separator \u2028, back\\\\slash, é', sha256 };
  const shared = { list: 'xx', type: 'fetch.checked', subject: sha256, effectiveAt: null, cause: 'publisher', changeClass: null, schemaVersion: 1, data };
  const ids = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  await append(pool, { expected: new Map([['xx', 0n]]), events: ids.map((id) => ({ id, ...shared })) });
});

afterAll(async () => {
  await Promise.all([full.drop(), empty.drop()]);
  await rm(folder, { recursive: true });
});

describe('a backup', () => {
  it('brings every event and document back as they were, and the log goes on', async () => {
    const file = join(folder, 'whole');
    expect(await backup(full.database.pool, file)).toBe(2n);
    expect(await restore(empty.database.pool, file)).toBe(2n);
    const events = await readEvents(full.database.pool, { after: 0n });
    expect(await readEvents(empty.database.pool, { after: 0n })).toEqual(events);
    const sha256 = events[0]!.subject;
    expect(await readDocument(empty.database.pool, sha256)).toEqual(await readDocument(full.database.pool, sha256));
    const { position: _position, version: _version, batchEnd: _batchEnd, recordedAt: _recordedAt, ...content } = events[0]!;
    const event = { ...content, id: '00000000-0000-4000-8000-000000000003' };
    expect((await append(empty.database.pool, { expected: new Map([['xx', 2n]]), events: [event] })).first).toBe(3n);
  });

  it('is refused into a database that holds something', async () => {
    await expect(restore(full.database.pool, join(folder, 'whole'))).rejects.toThrow(/holds 2 events/);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.lastIndexOf('-- end'))],
    ['altered', (text: string) => text.replace('line separator', 'line seperator')],
    ['something else', () => 'hello\n'],
  ])('is refused whole when it is %s', async (_what, damage) => {
    const target = await freshDatabase();
    try {
      const text = gunzipSync(await readFile(join(folder, 'whole'))).toString();
      const file = join(folder, 'damaged');
      await writeFile(file, gzipSync(damage(text)));
      await expect(restore(target.database.pool, file)).rejects.toThrow(/cannot be restored/);
      expect(await headPosition(target.database.pool)).toBe(0n);
    } finally {
      await target.drop();
    }
  });

  it('that is no packed file, or is not there, is refused by name', async () => {
    await writeFile(join(folder, 'plain'), 'hello');
    const target = await freshDatabase();
    await expect(restore(target.database.pool, join(folder, 'plain'))).rejects.toThrow(/plain cannot be restored/);
    await expect(restore(target.database.pool, join(folder, 'nowhere'))).rejects.toThrow(/no such file/);
    await target.drop();
  });
});
