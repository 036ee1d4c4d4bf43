import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyReply } from 'fastify';

/** Files of Swagger UI that the page needs, with their types: nothing comes from elsewhere. */
const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Listory</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<main id="page"></main>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

/** `validatorUrl`: Swagger UI would send the document's address to a service of its own. */
const START = `window.ui = SwaggerUIBundle({ url: 'openapi.json', dom_id: '#page', deepLinking: true, validatorUrl: null });\n`;

/** Answers with the page that shows the OpenAPI document in a browser. */
export function sendDocsPage(reply: FastifyReply): void {
  reply.header('content-security-policy', `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:`);
  reply.type('text/html; charset=utf-8').send(PAGE);
}

/** Answers with a file of that page; says false where the page has none of this name. */
export function sendDocsFile(name: string, reply: FastifyReply): boolean {
  if (name === 'start.js') {
    reply.type('text/javascript; charset=utf-8').send(START);
    return true;
  }
  if (!Object.hasOwn(FILES, name)) return false;
  reply.header('cache-control', 'public, max-age=3600').type(FILES[name]!).send(createReadStream(join(folder, name)));
  return true;
}
