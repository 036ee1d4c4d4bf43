import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { dataSchemaName, storedTypeOf, type CloudEvent } from '@listory/contracts';
import { OF_2022, takeAll } from './lists-on-file.js';
import { runApi, type Answer, type RunningApi } from './running-api.js';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: { type: string; enum?: string[]; examples?: (string | number)[] };
}
interface Operation {
  operationId: string;
  parameters: Parameter[];
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

let api: RunningApi;
let operations: [path: string, operation: Operation][];
let ajv: Ajv2020;
/** Values with which each parameter finds something on this database. */
let good: Record<string, string>;

beforeAll(async () => {
  api = await runApi();
  await takeAll(api.app);
  const document = (await api.get('/openapi.json')).json;
  operations = Object.entries(document.paths as Record<string, { get: Operation }>).map(([path, { get }]) => [path, get]);
  ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: 'openapi', components: document.components });
  const [sugon] = (await api.get('/v1/listed', { name: 'Sugon' })).json.listings;
  good = {
    list: 'us-bis-el', asOf: '2025-03-25', knownAt: '2100-01-01T00:00:00Z', name: 'Sugon', id: sugon.id, text: 'Haitai', from: '2022-05-06', to: '2025-11-08',
    sha256: createHash('sha256').update(OF_2022).digest('hex'), part: 'el.csv', limit: '2', after: '1', wait: '1', type: 'org.listory.listing.added.v1', address: sugon.addresses[0].id,
  };
});
afterAll(() => api?.stop());

/** What has to be given with a parameter of a comparison of two states of knowledge. */
const COMPARED_WITH: Record<string, Record<string, string>> = {
  asOf: { knownFrom: '@1' },
  knownFrom: { asOf: '2025-03-25' },
  knownTo: { asOf: '2025-03-25', knownFrom: '@1' },
};

const valueOf = (path: string, name: string) => (path.startsWith('/v1/addresses') && name === 'id' ? good.address! : good[name]!);

/** Asks as the document says, with the path filled in. */
function ask(path: string, operation: Operation, query: Record<string, string>, inPath: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(inPath[name] ?? valueOf(path, name)));
  const required = operation.parameters.filter((one) => one.in === 'query' && one.required).map((one) => [one.name, valueOf(path, one.name)]);
  return api.get(filled, { ...Object.fromEntries(required), ...(path === '/v1/listed' && !query.id ? { name: good.name } : {}), ...(path.endsWith('/changes') ? { from: good.from } : {}), ...query }, headers);
}

function expectDocumented({ responses }: Operation, answer: Answer): void {
  const content = responses[answer.status]?.content;
  expect([answer.status, answer.text, content === undefined]).toEqual([answer.status, answer.text, false]);
  const [type] = String(answer.headers['content-type']).split(';');
  expect(Object.keys(content!)).toContain(type);
  if (!type!.endsWith('json')) return;
  const { $ref } = content![type!]!.schema;
  const validate = ajv.compile({ $ref: `openapi${$ref}` }) as ValidateFunction;
  const documents = type === 'application/x-ndjson' ? answer.text.trimEnd().split('\n').map((line) => JSON.parse(line)) : [answer.json];
  for (const document of documents) expect([validate(document), validate.errors]).toEqual([true, null]);
}

describe('the OpenAPI document', () => {
  it('is of version 3.1, and names every operation once and every schema that it refers to', async () => {
    const { json, text } = await api.get('/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/([\w.]+)/g)].map((match) => match[1]!));
    expect([...referred].filter((name) => !(name in json.components.schemas))).toEqual([]);
    for (const [, { parameters }] of operations) for (const { schema } of parameters) expect(schema.examples).toHaveLength(1);
  });

  it('describes every answer as it comes', async () => {
    expect(operations.length).toBeGreaterThanOrEqual(16);
    for (const [path, operation] of operations) {
      const answer = await ask(path, operation, {});
      expect([path, answer.status]).toEqual([path, 200]);
      expectDocumented(operation, answer);
    }
  });

  it('describes the answer to every parameter, and to those that find nothing', async () => {
    for (const [path, operation] of operations) {
      for (const { name } of operation.parameters.filter((one) => one.in === 'query' && one.name !== 'cursor')) {
        const needs = path.endsWith('/changes') ? COMPARED_WITH[name] : undefined;
        const query: Record<string, string> = { ...needs, [name]: name === 'knownFrom' || name === 'knownTo' ? '@5' : good[name]! };
        const answer = await (needs ? api.get(path.replace('{list}', 'us-bis-el'), { ...query, from: undefined }) : ask(path, operation, query));
        expect([path, name, answer.status]).toEqual([path, name, 200]);
        expectDocumented(operation, answer);
        if (name !== 'knownAt') continue;
        const nothing = await ask(path, operation, { knownAt: '@0' });
        expect([200, 404]).toContain(nothing.status);
        expectDocumented(operation, nothing);
      }
    }
  });

  it('describes the data of every event', async () => {
    const { events } = (await api.get('/v1/events', { limit: 1000 })).json as { events: CloudEvent[] };
    expect(events.length).toBeGreaterThan(10);
    for (const event of events) {
      const validate = ajv.compile({ $ref: `openapi#/components/schemas/${dataSchemaName(storedTypeOf(event.type))}` });
      expect([event.type, validate(event.data), validate.errors]).toEqual([event.type, true, null]);
    }
  });
});

describe('the AsyncAPI document', () => {
  it('is of version 3, and describes every type of event as it comes', async () => {
    const { json, text, status } = await api.get('/asyncapi.json');
    expect([status, json.asyncapi]).toEqual([200, '3.0.0']);
    const pointers = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!.split('/'));
    // oxlint-disable-next-line typescript/no-explicit-any
    expect(pointers.filter((path) => path.reduce((value: any, key) => value?.[key], json) === undefined)).toEqual([]);
    expect(Object.keys(json.channels.events.messages)).toEqual(Object.keys(json.components.messages));
    const judge = new Ajv2020({ strict: false, validateFormats: false });
    judge.addSchema({ $id: 'asyncapi', components: json.components });
    const { events } = (await api.get('/v1/events', { limit: 1000 })).json as { events: CloudEvent[] };
    for (const event of events) {
      const name = event.type.replace(/^org\.listory\./, '');
      const validate = judge.compile({ $ref: `asyncapi#/components/messages/${name}/payload` });
      expect([event.type, json.components.messages[name].name, validate(event), validate.errors]).toEqual([event.type, event.type, true, null]);
      expect([event.type, validate({ ...event, data: {} })]).toEqual([event.type, false]);
    }
  });
});

describe('the page at /docs', () => {
  it('shows the OpenAPI document, with nothing from elsewhere', async () => {
    const page = await api.app.inject({ url: '/docs', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    const parts = [...page.payload.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(parts).toHaveLength(4);
    for (const part of parts) {
      expect(part).not.toMatch(/^(https?:)?\/\//);
      const found = await api.app.inject({ url: new URL(part, 'http://localhost/docs').pathname });
      expect(found.rawPayload.length).toBeGreaterThan(50);
      expect([part, found.statusCode]).toEqual([part, 200]);
    }
    expect((await api.app.inject({ url: '/docs/start.js' })).payload).toContain(`url: 'openapi.json'`);
    for (const file of ['package.json', '..%2Fpackage.json', 'constructor']) expect((await api.app.inject({ url: `/docs/${file}` })).statusCode).toBe(404);
  });
});

describe('the form of an answer', () => {
  it('is one of those that the document names; a client that takes none of them is told which there are', async () => {
    for (const [path, operation] of operations) {
      const [preferred] = Object.keys(operation.responses[200]!.content!);
      for (const headers of [{ accept: '*/*' }, { accept: preferred! }]) {
        const answer = await ask(path, operation, {}, {}, headers);
        expect([path, answer.status, String(answer.headers['content-type']).split(';')[0]]).toEqual([path, 200, preferred]);
      }
      const refused = await ask(path, operation, {}, {}, { accept: 'application/xml' });
      expect([path, refused.status, refused.json.type]).toEqual([path, 406, 'urn:listory:problem:not-acceptable']);
      expectDocumented(operation, refused);
    }
  });
});

/** Answers about lists: everything but events, health, and single editions. */
const ABOUT_LISTS = /^\/v1\/(lists|listed|listings|addresses)/;

describe('an answer about lists', () => {
  it('says as of when, as known when, on what basis, from which editions, with which coverage', async () => {
    let answers = 0;
    for (const [path, operation] of operations.filter(([name]) => ABOUT_LISTS.test(name))) {
      const { json } = await ask(path, operation, {});
      const says = { asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), knownAt: { position: expect.any(Number), at: expect.any(String) }, basis: expect.any(String) };
      expect([path, json]).toEqual([path, expect.objectContaining({ ...says, coverage: expect.any(Array), editions: expect.any(Array) })]);
      expect([path, json.coverage.length > 0, json.editions.length > 0, json.basis]).toEqual([path, true, true, expect.stringMatching(/^(observed|declared|between|current)$/)]);
      for (const edition of json.editions) expect(edition).toMatchObject({ list: expect.any(String), date: expect.any(String), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
      if (path !== '/v1/lists/{list}') expect([path, typeof json.total, 'next' in json]).toEqual([path, 'number', true]);
      answers++;
    }
    expect(answers).toBeGreaterThanOrEqual(10);
  });
});

const GARBAGE = [
  '', ' ', '\0', 'x\0y', "'", '"', '%', '%00', '\ud800', '-1', '0', '1e9', '1001', '99999999999999999999', 'NaN', '2025-02-30', '2025-13-01', '2025-3-1',
  '20250325', '2025-03-25T00:00:00', '2025-02-30T00:00:00Z', '0000-00-00', '-2025-01-01', '+012025-01-01', '@', '@-1', '@1.5', '@99999999999999999999', 'us-bis-el,', 'nope', '../..',
  'constructor', '__proto__', '{"a":1}', "'; drop table log.events; --", 'é'.repeat(3000),
];

describe('a question that cannot be read', () => {
  it('is never a fault of the service, and says which parameter is wrong', async () => {
    let problems = 0;
    for (const [path, operation] of operations) {
      for (const { name, in: where } of operation.parameters) {
        for (const garbage of GARBAGE) {
          const answer = await (where === 'path' ? ask(path, operation, {}, { [name]: Buffer.from(garbage).toString() }) : ask(path, operation, { [name]: garbage }));
          expect([path, name, garbage.slice(0, 40), answer.status < 500]).toEqual([path, name, garbage.slice(0, 40), true]);
          expectDocumented({ ...operation, responses: { 404: operation.responses[400]!, ...operation.responses } }, answer);
          if (answer.status < 400) continue;
          problems++;
          expect(answer.json).toMatchObject({ type: expect.stringMatching(/^urn:listory:problem:/), status: answer.status, detail: expect.any(String) });
          if (answer.json.type.endsWith('-parameter')) expect(typeof answer.json.parameter).toBe('string');
        }
      }
    }
    expect(problems).toBeGreaterThan(500);
  });

  it('with an unknown parameter, or one given twice, is refused', async () => {
    for (const [path, operation] of operations) {
      const answer = await ask(path, operation, { asof: '2025-01-01' });
      expect([path, answer.status, answer.json.parameter]).toEqual([path, 400, 'asof']);
    }
    const twice = await api.app.inject('/v1/listed?name=a&name=b');
    expect(twice.json()).toMatchObject({ status: 400, parameter: 'name' });
  });

  it.each(['/v1/listings/%zz', '/v1/listings/%ff', '/v1/listed?name=%zz', '/v1/listed?name=%ff%fe', '/v1/listed?name=%00', '/%', '/v1/lists/us-bis-el/', '/v2', '//', '/v1/listings/'])(
    'such as %s is a problem',
    async (url) => {
      const answer = await api.app.inject(url);
      expect([400, 404]).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    },
  );

  it.each([
    ['/v1/listed', {}, 'name'],
    ['/v1/listed', { name: 'a', id: 'b' }, 'id'],
    ['/v1/listed', { name: '...' }, 'name'],
    ['/v1/addresses', {}, 'text'],
    ['/v1/addresses', { text: ',,' }, 'text'],
    ['/v1/lists/us-bis-el/changes', {}, 'from'],
    ['/v1/lists/us-bis-el/changes', { knownFrom: '@1' }, 'asOf'],
    ['/v1/lists/us-bis-el/changes', { from: '2022-05-06', asOf: '2022-05-06' }, 'asOf'],
    ['/v1/lists/us-csl/listings', {}, 'list'],
    ['/v1/lists/nope', {}, 'list'],
    ['/v1/lists/us-csl', {}, 'list'],
    ['/v1/listings/us-bis-el:nobody', {}, 'id'],
  ])('%s with %j is told about %s', async (path, parameters, parameter) => {
    const { status, json } = await api.get(path, parameters);
    expect([400, 404]).toContain(status);
    expect(json.parameter).toBe(parameter);
  });

  it('by another method is a problem too', async () => {
    const answer = await api.app.inject({ method: 'POST', url: '/v1/listed', payload: '{', headers: { 'content-type': 'application/json' } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});
