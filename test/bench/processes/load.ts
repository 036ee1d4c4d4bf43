import net from 'node:net';
import { quantile } from '../statistics.js';

/** How fast requests were answered that came at a steady rate, whether earlier ones were answered or not. */
export interface Load {
  requests: number;
  /** Milliseconds from when a request was due to be sent to its last byte. */
  p50: number;
  p99: number;
  max: number;
  /** Answers with another status than 200. */
  failed: number;
}

const CONNECTIONS = 64;

/** One kept-alive connection; a request at a time. */
class Connection {
  private received = '';
  private done: ((status: number) => void) | null = null;

  constructor(private readonly socket: net.Socket) {
    socket.setNoDelay(true).setEncoding('latin1').on('data', (text: string) => this.take(text));
    socket.once('close', () => this.done?.(0));
  }

  ask(path: string): Promise<number> {
    this.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return new Promise((resolve) => (this.done = resolve));
  }

  private take(text: string): void {
    this.received += text;
    const body = this.received.indexOf('\r\n\r\n') + 4;
    if (body < 4) return;
    const length = Number(/content-length: (\d+)/i.exec(this.received)?.[1] ?? 0);
    if (this.received.length < body + length) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    this.done?.(status);
  }
}

/** `load.js URL PATHS RATE SECONDS`: asks for the paths (JSON) in turn, RATE a second; prints a `Load`. */
const [url = '', paths = '[]', rate = '1', seconds = '1'] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const asked = JSON.parse(paths) as string[];
const free = await Promise.all(
  Array.from({ length: CONNECTIONS }, () => {
    const socket = net.connect(Number(port), hostname);
    return new Promise<Connection>((resolve, reject) => socket.once('connect', () => resolve(new Connection(socket))).once('error', reject));
  }),
);
const waiting: { path: string; due: number }[] = [];
const times: number[] = [];
let failed = 0;

async function send(connection: Connection, { path, due }: { path: string; due: number }): Promise<void> {
  const status = await connection.ask(path);
  times.push(performance.now() - due);
  if (status !== 200) failed++;
  const next = waiting.shift();
  if (next) void send(connection, next);
  else free.push(connection);
}

const total = Number(rate) * Number(seconds);
const start = performance.now();
for (let sent = 0; sent < total; ) {
  const now = performance.now();
  for (; sent < total && start + (sent * 1000) / Number(rate) <= now; sent++) {
    const request = { path: asked[sent % asked.length]!, due: now };
    const connection = free.pop();
    if (connection) void send(connection, request);
    else waiting.push(request);
  }
  await new Promise((resolve) => setTimeout(resolve, 1));
}
while (times.length < total) await new Promise((resolve) => setTimeout(resolve, 5));
times.sort((a, b) => a - b);
const load: Load = { requests: times.length, p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: times[times.length - 1]!, failed };
process.stdout.write(JSON.stringify(load), () => process.exit(0));
