import type { IncomingMessage } from 'node:http';
import type { Server } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ChannelServerOptions } from '../options';

interface UpgradeOptions {
  readonly path: string;
  readonly origins: ChannelServerOptions['origins'];
  /** Told of bugs in `origins`. */
  readonly report: (error: unknown) => void;
  /** Takes a request that may become a WebSocket. */
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Whether new ones are taken. */
  readonly isOpen: () => boolean;
}

/**
 * Takes the upgrade requests for one path of an HTTP server and leaves all others to whoever else listens: the
 * hot reload of a development server, say. Returns how to stop.
 */
export function takeUpgrades(server: Server, options: UpgradeOptions): () => void {
  const { path, accept, isOpen } = options;
  const listener = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (pathOf(request) !== path) {
      // With a listener Node no longer answers by itself; a request that nobody takes would hang.
      if (server.listenerCount('upgrade') === 1) refuse(socket, '404 Not Found');
    } else if (!isOpen()) refuse(socket, '503 Service Unavailable');
    else if (!isAllowed(request, options)) refuse(socket, '403 Forbidden');
    else accept(request, socket, head);
  };
  server.on('upgrade', listener);
  return () => void server.off('upgrade', listener);
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

function isAllowed({ headers }: IncomingMessage, { origins, report }: UpgradeOptions): boolean {
  const { origin, host } = headers;
  if (origins === '*' || origin === undefined) return true;
  if (typeof origins === 'function') {
    try {
      return origins(origin, headers);
    } catch (bug) {
      report(bug); // in a listener of the HTTP server it would end the process, and anybody can send any header
      return false;
    }
  }
  if (origins) return origins.includes(origin);
  return URL.canParse(origin) && new URL(origin).host === host;
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {}); // a peer that is gone needs no answer
  socket.once('finish', () => socket.destroy()); // one that stays would keep its half open for ever
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
