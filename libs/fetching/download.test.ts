import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Publisher, type Answering } from '../../test/support/publisher.js';
import { download, redirected, type DownloadLimits } from './download.js';
import { fetchParts, type Part } from './fetch-parts.js';

let publisher: Publisher;
beforeAll(async () => {
  publisher = await Publisher.start();
});
afterAll(() => publisher?.stop());

const signal = new AbortController().signal;
const quick = { tries: 3, pauseMs: 1, longestMs: 2_000 };

async function answering(path: string, answer: Answering, limits: Partial<DownloadLimits> = {}) {
  publisher.answer(path, answer);
  return download({ url: publisher.url(path), signal, limits });
}

function part(name: string): Part {
  return { part: name, url: publisher.url(`/${name}`), etag: null, lastModified: null, sha256: null };
}

describe('downloading a file', () => {
  it('gives its bytes and what the next request has to say; then nothing where it has not changed', async () => {
    publisher.publish('/list.csv', Buffer.from('a,b\n'), 'v1');
    const first = await download({ url: publisher.url('/list.csv'), signal });
    expect(first).toEqual({ kind: 'changed', bytes: Buffer.from('a,b\n'), etag: '"v1"', lastModified: 'Thu, 01 Jan 1970 00:00:00 GMT' });
    expect(await download({ url: publisher.url('/list.csv'), etag: '"v1"', signal })).toEqual({ kind: 'unchanged' });
  });

  it('unpacks what was packed for the way', async () => {
    const bytes = gzipSync('a,b\n');
    const got = await answering('/gzip', (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bytes.length }).end(bytes));
    expect(got).toMatchObject({ bytes: Buffer.from('a,b\n') });
  });

  it.each<[string, RegExp, Answering, Partial<DownloadLimits>?]>([
    ['fails with status 500', /answered with status 500/, (_q, r) => void r.writeHead(500).end()],
    ['is forbidden', /answered with status 403/, (_q, r) => void r.writeHead(403).end()],
    ['has not changed, says who was not asked that', /was not asked that/, (_q, r) => void r.writeHead(304).end()],
    ['is only a part of it', /answered with status 206/, (_q, r) => void r.writeHead(206).end('a')],
    ['contradicts itself about its length', /could not be fetched/, (_q, r) => void r.socket!.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab')],
    ['is cut', /could not be fetched: terminated/, (_q, r) => void r.writeHead(200, { 'content-length': 100 }).write('a', () => r.destroy())],
    ['is cut without a length', /could not be fetched/, (_q, r) => void r.writeHead(200).write('a', () => r.destroy())],
    ['is too large by its own word', /larger than 50 bytes/, (_q, r) => r.writeHead(200, { 'content-length': 51 }).flushHeaders(), { bytes: 50, silentMs: 200 }],
    ['does not end', /larger than 5000 bytes/, (_q, r) => endless(r.writeHead(200)), { bytes: 5_000 }],
    ['is a bomb', /larger than 5000 bytes/, (_q, r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(100_000))), { bytes: 5_000 }],
    ['says nothing', /nothing came for 0.2 s/, () => {}, { silentMs: 200 }],
    ['falls silent', /nothing came for 0.2 s/, (_q, r) => void r.writeHead(200).write('a'), { silentMs: 200 }],
    ['is too slow', /not complete after 0.4 s/, (_q, r) => dripping(r.writeHead(200)), { silentMs: 300, totalMs: 400 }],
    ['sends us elsewhere', /sends us on to 192\.0\.2\.1, which is not among the hosts/, (_q, r) => void r.writeHead(302, { location: 'http://192.0.2.1/x' }).end()],
    ['sends us in a circle', /sends us on more than 5 times/, (q, r) => void r.writeHead(302, { location: q.url! }).end()],
  ])('gives nothing of a file that %s', async (name, reason, answer, limits = {}) => {
    await expect(answering(`/${name.replaceAll(' ', '-')}`, answer, limits)).rejects.toThrow(reason);
  });

  it('follows where the publisher sends it, on the same host', async () => {
    publisher.publish('/there', Buffer.from('x'), '1');
    expect(await answering('/here', (_q, r) => void r.writeHead(307, { location: '/there' }).end())).toMatchObject({ bytes: Buffer.from('x') });
  });
});

describe('being sent on', () => {
  const from = new URL('https://www.un.example/list.xml');

  it.each(['https://www.un.example/other', 'https://store.example/x', 'https://eu.cdn.example/x'])('goes to %s', (next) => {
    expect(redirected(from, new URL(next), ['store.example', '.cdn.example']).href).toBe(next);
  });

  it.each([
    ['http://www.un.example/other', /without encryption/],
    ['http://store.example/x', /without encryption/],
    ['https://evilstore.example/x', /not among the hosts/],
    ['https://eu.cdn.example.evil.example/x', /not among the hosts/],
    ['https://un.example/x', /not among the hosts/],
  ])('does not go to %s', (next, problem) => {
    expect(() => redirected(from, new URL(next), ['store.example', '.cdn.example'])).toThrow(problem);
  });
});

describe('fetching the parts of an edition', () => {
  it('tries again what may pass, waiting as long as it is asked to, and not what will not', async () => {
    let tries = 0;
    let began = 0;
    publisher.answer('/busy', (_q, r) => {
      if (++tries === 1) began = Date.now();
      if (tries === 1) r.writeHead(503, { 'retry-after': '1' }).end();
      else r.end('done');
    });
    await fetchParts('x', [part('busy')], { signal, patience: quick });
    expect([tries, Date.now() - began >= 1_000]).toEqual([2, true]);
    let refusals = 0;
    publisher.answer('/forbidden', (_q, r) => void (refusals++, r.writeHead(403).end()));
    await expect(fetchParts('x', [part('forbidden')], { signal, patience: quick })).rejects.toThrow(/403/);
    let failures = 0;
    publisher.answer('/broken', (_q, r) => void (failures++, r.writeHead(500).end()));
    await expect(fetchParts('x', [part('broken')], { signal, patience: quick })).rejects.toThrow(/500/);
    let put = 0;
    publisher.answer('/tomorrow', (_q, r) => void (put++, r.writeHead(503, { 'retry-after': '86400' }).end()));
    await expect(fetchParts('x', [part('tomorrow')], { signal, patience: quick })).rejects.toThrow(/503/);
    expect([refusals, failures, put]).toEqual([1, 3, 1]);
  });

  it('takes parts of one moment only: fetches all again where one changed meanwhile, with or without an ETag', async () => {
    for (const hasTag of [true, false]) {
      let version = 1;
      publisher.answer('/one', (q, r) => {
        const etag = hasTag ? { etag: `"${version}"` } : {};
        if (hasTag && q.headers['if-none-match'] === `"${version}"`) r.writeHead(304).end();
        else r.writeHead(200, etag).end(`one ${version}`);
      });
      publisher.answer('/two', (_q, r) => {
        if (version === 1) version = 2;
        r.end(`two ${version}`);
      });
      const got = await fetchParts('x', [part('one'), part('two')], { signal, patience: quick });
      expect(got.map(({ bytes }) => String(bytes))).toEqual(['one 2', 'two 2']);
    }
  });

  it('gives up where they do not come to rest', async () => {
    let version = 0;
    publisher.answer('/one', (_q, r) => void r.end(`one ${version}`));
    publisher.answer('/two', (_q, r) => void r.end(`two ${++version}`));
    await expect(fetchParts('x', [part('one'), part('two')], { signal, patience: quick })).rejects.toThrow(/one changed while the other parts were fetched/);
  });
});

function endless(response: { write(text: string): boolean; destroyed: boolean }): void {
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write('a'.repeat(1_000))), 1);
}

function dripping(response: { write(text: string): boolean; destroyed: boolean }): void {
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write('a')), 20);
}
