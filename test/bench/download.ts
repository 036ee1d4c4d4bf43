import net from 'node:net';

/** Reads an answer to its end and throws it away, at the least cost: the client shares our two cores with the server. */
export function download(url: string): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url);
  let status = '';
  return new Promise((resolve, reject) => {
    const buffer = Buffer.allocUnsafe(1 << 20);
    const callback = (size: number) => {
      if (status === '') status = buffer.toString('latin1', 9, Math.min(size, 12));
      return true;
    };
    const socket = net.connect({ port: Number(port), host: hostname, onread: { buffer, callback } });
    socket.once('connect', () => socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\nConnection: close\r\n\r\n`));
    socket.once('close', () => (status === '200' ? resolve() : reject(new Error(`${url} answered with ${status}`))));
    socket.once('error', reject);
  });
}
