import { DownloadFailed } from './errors.js';

/** What to fetch, and how much of it is too much. */
export interface Download {
  url: string;
  /** From the last answer: nothing is sent again that has not changed since. */
  etag?: string | null;
  lastModified?: string | null;
  /** Hosts to which the publisher may send us on, besides its own; `.example.org` stands for all below it. */
  redirectHosts?: readonly string[];
  /** Ends it at once. */
  signal: AbortSignal;
  limits?: Partial<DownloadLimits>;
}

export interface DownloadLimits {
  /** Bytes after unpacking. Default 256 MB: the greatest list has some 20. */
  bytes: number;
  /** From the first byte sent to the last one received (ms). Default 10 minutes. */
  totalMs: number;
  /** Without a byte (ms). Default 30 s. */
  silentMs: number;
}

const LIMITS: DownloadLimits = { bytes: 256 * 1024 * 1024, totalMs: 600_000, silentMs: 30_000 };
const MOST_REDIRECTS = 5;

/** What a publisher answered. */
export type Downloaded =
  | { kind: 'unchanged' }
  | { kind: 'changed'; bytes: Buffer; etag: string | null; lastModified: string | null };

/**
 * Fetches one file (RFC 9110): conditionally, within limits of time and size, and along redirects within allowed hosts
 * only, never from https to http.
 * @throws DownloadFailed; nothing of a body that was cut, too large or too slow is given back
 */
export async function download({ url, etag, lastModified, redirectHosts = [], signal, limits }: Download): Promise<Downloaded> {
  const within = { ...LIMITS, ...limits };
  const silence = new Silence(within.silentMs);
  const aborted = AbortSignal.any([signal, silence.signal, AbortSignal.timeout(within.totalMs)]);
  try {
    const answer = await follow(new URL(url), redirectHosts, aborted, {
      ...(etag && { 'if-none-match': etag }),
      ...(lastModified && { 'if-modified-since': lastModified }),
    });
    silence.broken();
    if (answer.status === 304) {
      if (!etag && !lastModified) throw new DownloadFailed(url, 'it says that it has not changed, but was not asked that', { passing: false });
      return { kind: 'unchanged' };
    }
    if (answer.status !== 200) throw await refused(url, answer);
    const bytes = await bodyOf(url, answer, within.bytes, silence);
    return { kind: 'changed', bytes, etag: answer.headers.get('etag'), lastModified: answer.headers.get('last-modified') };
  } catch (error) {
    if (error instanceof DownloadFailed) throw error;
    if (signal.aborted) throw new DownloadFailed(url, 'it was told to stop', { passing: false });
    throw new DownloadFailed(url, reasonOf(error, silence, within), { passing: true });
  } finally {
    silence.end();
  }
}

async function follow(start: URL, redirectHosts: readonly string[], signal: AbortSignal, conditions: Record<string, string>): Promise<Response> {
  const headers = { 'user-agent': 'Listory', accept: '*/*', ...conditions };
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await fetch(url, { headers, redirect: 'manual', signal });
    const location = answer.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(answer.status) || !location) return answer;
    await answer.body?.cancel();
    url = redirected(start, new URL(location, url), redirectHosts);
  }
  throw new DownloadFailed(start.href, `it sends us on more than ${MOST_REDIRECTS} times`, { passing: false });
}

/**
 * Where a publisher may send us on to.
 * @param start the publisher's own address
 * @throws DownloadFailed for another host than its own and those given, and from https to anything else
 */
export function redirected(start: URL, next: URL, redirectHosts: readonly string[]): URL {
  const isAllowed = next.hostname === start.hostname || redirectHosts.some((host) => (host.startsWith('.') ? next.hostname.endsWith(host) : next.hostname === host));
  if (!isAllowed) throw new DownloadFailed(start.href, `it sends us on to ${next.host}, which is not among the hosts of this list`, { passing: false });
  if (next.protocol !== start.protocol && next.protocol !== 'https:') throw new DownloadFailed(start.href, `it sends us on to ${next.href}, without encryption`, { passing: false });
  return next;
}

async function bodyOf(url: string, answer: Response, most: number, silence: Silence): Promise<Buffer> {
  const tooLarge = () => new DownloadFailed(url, `it is larger than ${most} bytes`, { passing: false });
  if (Number(answer.headers.get('content-length') ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    silence.broken();
    if ((size += chunk.length) > most) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function refused(url: string, answer: Response): Promise<DownloadFailed> {
  await answer.body?.cancel();
  const { status } = answer;
  const passing = status === 408 || status === 425 || status === 429 || status >= 500;
  return new DownloadFailed(url, `it answered with status ${status}`, { passing, retryAfterMs: retryAfterOf(answer.headers.get('retry-after')) });
}

/** Seconds or a date (RFC 9110, 10.2.3), as milliseconds from now. */
function retryAfterOf(text: string | null): number | null {
  if (text === null) return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

function reasonOf(error: unknown, silence: Silence, limits: DownloadLimits): string {
  if (silence.signal.aborted) return `nothing came for ${limits.silentMs / 1000} s`;
  if (error instanceof DOMException && error.name === 'TimeoutError') return `it was not complete after ${limits.totalMs / 1000} s`;
  const { message, cause } = error as Error & { cause?: Error & { code?: string } };
  return cause ? `${message} (${cause.code ?? cause.message})` : message;
}

/** Aborts when nothing happens for some time. */
class Silence {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;

  constructor(private readonly ms: number) {
    this.timer = setTimeout(() => this.controller.abort(), ms);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  broken(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), this.ms);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
