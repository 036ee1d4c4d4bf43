import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A publisher's web server on this machine: it answers as a test wants it to. */
export class Publisher {
  /** Every request, as `GET /path`, with the status of the answer. */
  readonly requests: string[] = [];
  private readonly answers = new Map<string, Answering>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Publisher> {
    const server = createServer();
    const publisher = new Publisher(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      response.on('close', () => publisher.requests.push(`${request.method} ${request.url} ${response.statusCode}`));
      const answer = publisher.answers.get(request.url!);
      if (answer) answer(request, response);
      else response.writeHead(404).end('nothing here');
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return publisher;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Answers with these bytes, under an ETag made of `version`; 304 to who has it. */
  publish(path: string, bytes: Buffer, version: string): void {
    this.answer(path, (request, response) => {
      if (request.headers['if-none-match'] === `"${version}"`) response.writeHead(304).end();
      else response.writeHead(200, { etag: `"${version}"`, 'last-modified': new Date(0).toUTCString(), 'content-length': bytes.length }).end(bytes);
    });
  }

  answer(path: string, answering: Answering): void {
    this.answers.set(path, answering);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
