import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { CloudEvent, HTTP } from 'cloudevents';
import type { CloudEvent as OurEvent } from '@listory/contracts';
import { takeAll } from './lists-on-file.js';
import { runApi, type RunningApi } from './running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await takeAll(api.app);
});
afterAll(() => api?.stop());

describe("the AsyncAPI initiative's parser", () => {
  it('finds nothing wrong with the document', async () => {
    const { document, diagnostics } = await new Parser().parse((await api.get('/asyncapi.json')).text);
    expect(diagnostics.filter((one) => one.severity === 0).map((one) => `${one.path.join('.')}: ${one.message}`)).toEqual([]);
    expect(document!.version()).toBe('3.0.0');
    expect(document!.channels().all().length).toBeGreaterThan(0);
  });

  it('finds what is wrong with another', async () => {
    const { diagnostics } = await new Parser().parse({ asyncapi: '3.0.0', info: {} } as never);
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});

describe("the CloudEvents SDK", () => {
  it('takes every event, with the attributes that ours has', async () => {
    const { events } = (await api.get('/v1/events', { limit: 1000 })).json as { events: OurEvent[] };
    expect(events.length).toBeGreaterThan(10);
    for (const event of events) {
      const body = JSON.stringify(event);
      const read = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body }) as CloudEvent<unknown>;
      expect(read.validate()).toBe(true);
      expect(JSON.parse(JSON.stringify(read))).toEqual({ ...event, time: new Date(event.time).toISOString() });
    }
    expect(() => new CloudEvent({ ...events[0], 'bad-name': 'x' } as never)).toThrow();
  });
});
