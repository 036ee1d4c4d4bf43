import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { asyncApiDocument } from '@listory/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendDocsFile, sendDocsPage } from './docs-page.js';
import { openApiDocument } from './openapi.js';
import { sendProblem } from './problem-filter.js';
import { Problem } from './problems.js';

/** Serves what describes the API: `/openapi.json`, `/asyncapi.json`, and `/docs` to read and try it in a browser. */
export function serveDocuments(app: NestFastifyApplication): void {
  serveJson(app, '/openapi.json', () => openApiDocument(app));
  serveJson(app, '/asyncapi.json', asyncApiDocument);
  const adapter = app.getHttpAdapter();
  adapter.get('/docs', (_request: unknown, reply: FastifyReply) => sendDocsPage(reply));
  adapter.get('/docs/:file', (request: FastifyRequest, reply: FastifyReply) => {
    const { file } = request.params as { file: string };
    if (!sendDocsFile(file, reply)) sendProblem(reply, new Problem('no-such-page', 'The page at /docs has no such file.'));
  });
}

/** The document is made when it is first asked for. */
function serveJson(app: NestFastifyApplication, path: string, document: () => object): void {
  let text: string | undefined;
  app.getHttpAdapter().get(path, (_request: unknown, reply: FastifyReply) => {
    text ??= JSON.stringify(document());
    reply.type('application/json; charset=utf-8').send(text);
  });
}
