import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CloudEvent } from '@listory/contracts';
import { readEvents } from '@listory/event-log';
import { eventLines } from '../../apps/api/events/event-lines.js';
import { sdnFiles } from '../support/editions.js';
import { OF_2022, OF_2025, take } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
let url: string;
beforeAll(async () => {
  api = await runApi();
  await take(api.app, 'us-bis-el', '2022-05-06', [{ name: 'el.csv', bytes: OF_2022 }]);
  await api.app.listen(0, '127.0.0.1');
  url = await api.app.getUrl();
});
afterAll(() => api?.stop());

/** Reads messages of an event stream until there are `count`; then hangs up. */
async function listen(path: string, count: number, headers: Record<string, string> = {}, onOpen = async () => {}): Promise<{ id: string; event: string; data: CloudEvent }[]> {
  const hangUp = new AbortController();
  const response = await fetch(`${url}${path}`, { headers: { accept: 'text/event-stream', ...headers }, signal: hangUp.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  await onOpen();
  const messages: { id: string; event: string; data: CloudEvent }[] = [];
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts.filter((one) => one.startsWith('id: '))) {
      const [, id, event, data] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(part)!;
      messages.push({ id: id!, event: event!, data: JSON.parse(data!) });
    }
    if (messages.length >= count) break;
  }
  hangUp.abort();
  return messages.slice(0, count);
}

describe('the log over HTTP', () => {
  it('gives every event once, as CloudEvents, in pages that end at the head', async () => {
    const read: CloudEvent[] = [];
    for (let after = 0; ; ) {
      const { json } = await api.get('/v1/events', { after, limit: 2 });
      read.push(...json.events);
      if (json.events.length === 0) {
        expect(json.next).toBe(json.head);
        break;
      }
      after = json.next;
    }
    const recorded = await readEvents(api.fresh.database.pool, { after: 0n });
    expect(read.map((event) => event.id)).toEqual(recorded.map((event) => event.id));
    expect(read[0]).toMatchObject({
      specversion: '1.0', source: '/lists/us-bis-el', type: 'org.listory.listing.added.v1', sequence: '00000000000000000001', cause: 'baseline',
      changeclass: 'substantive', effectivedate: '2018-01-01', datacontenttype: 'application/json', data: { listing: { name: 'Oldco Ltd.' } },
    });
  });

  it('filters by list and type, and goes on from the head where nothing fits', async () => {
    const { json } = await api.get('/v1/events', { type: 'edition.recorded' });
    expect(json.events.map((event: CloudEvent) => event.type)).toEqual(['org.listory.edition.recorded.v1']);
    expect((await api.get('/v1/events', { type: 'org.listory.edition.recorded.v1' })).json).toEqual(json);
    const other = (await api.get('/v1/events', { list: 'un-sc' })).json;
    expect(other).toMatchObject({ events: [], next: other.head });
    expect((await api.get('/v1/events', { after: other.head })).json).toEqual({ events: [], next: other.head, head: other.head });
  });

  it('refuses a position that it has not given out, so that nobody who goes on from there misses what comes', async () => {
    const { head } = (await api.get('/v1/events')).json;
    const problem = { status: 400, type: 'urn:listory:problem:invalid-parameter', head, detail: expect.stringContaining(`the last position of this log is ${head}`) };
    expect((await api.get('/v1/events', { after: head + 1 })).json).toMatchObject({ ...problem, parameter: 'after' });
    expect((await api.get('/v1/events', { after: Number.MAX_SAFE_INTEGER, list: 'un-sc' })).json).toMatchObject(problem);
    const stream = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers: { accept: 'text/event-stream', ...headers } });
    const byParameter = await stream(`/v1/events?after=${head + 1}`);
    expect([byParameter.status, byParameter.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(await byParameter.json()).toMatchObject({ ...problem, parameter: 'after' });
    expect(await (await stream('/v1/events?after=1', { 'last-event-id': String(head + 1) })).json()).toMatchObject({ ...problem, parameter: 'Last-Event-ID' });
  });

  it('is not sent again to a client that has it, until something is recorded', async () => {
    const first = await api.get('/v1/events', { limit: 1 });
    const etag = { 'if-none-match': String(first.headers.etag) };
    expect(await api.get('/v1/events', { limit: 1 }, etag)).toMatchObject({ status: 304, text: '' });
    expect((await api.get('/v1/events', { limit: 2 }, etag)).status).toBe(200);
    await take(api.app, 'us-bis-el', '2022-05-06', [{ name: 'el.csv', bytes: OF_2022 }]);
    expect((await api.get('/v1/events', { limit: 1 }, etag)).json.head).toBeGreaterThan(first.json.head);
  });

  it('streams, and a client that comes back misses nothing and gets nothing twice', async () => {
    const first = await listen('/v1/events', 2);
    expect(first.map((one) => one.id)).toEqual(['1', '2']);
    expect(first[0]).toMatchObject({ event: 'org.listory.listing.added.v1', data: { sequence: '00000000000000000001' } });
    const head = (await api.get('/v1/events')).json.head as number;
    const rest = await listen('/v1/events', head, { 'last-event-id': '2' }, async () => {
      await take(api.app, 'us-bis-el', '2025-11-08', [{ name: 'el.csv', bytes: OF_2025 }]);
    });
    expect(rest.map((one) => Number(one.id))).toEqual(rest.map((_, index) => index + 3));
    expect(rest.some((one) => Number(one.id) > head)).toBe(true);
  });

  it('comes whole as lines, the same events as in pages; or so many; or only what was asked for', async () => {
    const lines = async (parameters: Record<string, string | number> = {}) => {
      const { status, headers, text } = await api.get('/v1/events', parameters, { accept: 'application/x-ndjson' });
      expect([status, headers['content-type']]).toEqual([200, 'application/x-ndjson']);
      return { head: Number(headers['listory-head']), lines: text.split('\n').slice(0, -1) };
    };
    const { json } = await api.get('/v1/events', { limit: 1000 });
    const asLines = json.events.map((event: CloudEvent) => JSON.stringify(event));
    expect(await lines()).toEqual({ head: json.head, lines: asLines });
    expect((await lines({ limit: 3, after: 1 })).lines).toEqual(asLines.slice(1, 4));
    expect((await lines({ type: 'edition.recorded' })).lines).toEqual(asLines.filter((line: string) => line.includes('edition.recorded')));
    expect((await lines({ after: json.head })).lines).toEqual([]);
    const upToTheSecond: string[] = [];
    for await (const text of eventLines(api.fresh.database.pool, { after: 0 }, 2n)) upToTheSecond.push(text);
    expect(upToTheSecond).toEqual([`${asLines[0]}\n${asLines[1]}\n`]);
    const beyond = await api.get('/v1/events', { after: json.head + 1 }, { accept: 'application/x-ndjson' });
    expect(beyond.status).toBe(400);
    // More than are read at once.
    await take(api.app, 'us-ofac-sdn', '2023-01-01', sdnFiles(Array.from({ length: 4_100 }, (_, index): [number, string] => [index + 1, `PARTY ${index}`]), null, null));
    const positions = (await lines()).lines.map((line) => Number(JSON.parse(line).sequence));
    expect(positions.length).toBeGreaterThan(4_100);
    expect(positions).toEqual(positions.map((_, index) => index + 1));
    expect((await lines({ limit: 1000, after: 2_500 })).lines).toHaveLength(1000);
  });

  it('keeps a client waiting that has everything, until something is recorded or its time is over', async () => {
    const { head } = (await api.get('/v1/events')).json;
    expect((await api.get('/v1/events', { after: head, wait: 1 })).json).toEqual({ events: [], next: head, head });
    const waiting = api.get('/v1/events', { after: head, wait: 60, limit: 1 });
    await take(api.app, 'us-bis-el', '2025-11-09', [{ name: 'el.csv', bytes: OF_2025 }]);
    const { json } = await waiting;
    expect([json.events.length, Number(json.events[0].sequence)]).toEqual([1, head + 1]);
  });

  it('streams only what was asked for', async () => {
    const messages = await listen('/v1/events?type=edition.recorded&after=1', 2);
    expect(messages.map((one) => one.event)).toEqual(['org.listory.edition.recorded.v1', 'org.listory.edition.recorded.v1']);
  });

  it('refuses a Last-Event-ID that is none', async () => {
    const answer = await fetch(`${url}/v1/events`, { headers: { accept: 'text/event-stream', 'last-event-id': 'x' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
  });
});

describe('a process that stops', () => {
  it('ends its streams, and says before that it is alive and ready', async () => {
    expect((await api.get('/health/live')).json).toEqual({ status: 'ok' });
    expect((await api.get('/health/ready')).json).toMatchObject({ status: 'ok', views: [{ behind: 0, error: null }, { behind: 0 }] });
    const { head } = (await api.get('/v1/events')).json;
    const response = await fetch(`${url}/v1/events?after=${head}`, { headers: { accept: 'text/event-stream' } });
    const reader = response.body!.getReader();
    await reader.read();
    const closing = api.app.close();
    for (let read = await reader.read(); !read.done; read = await reader.read());
    await closing;
  });
});
