import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ChannelServer } from './channelServer';
import { createPeer, createPhoenixChannels } from './phoenixChannels';
import { readFrame, writeFrame } from './phoenixFrames';

export interface PhoenixServerOptions {
  /** Closes a socket that says nothing for this long, in milliseconds. @default 60_000 */
  idleTimeout?: number;
}

export interface PhoenixServer extends ChannelServer {
  /** Credentials, good until `expire`. Without any everybody is let in; with others nobody is. */
  token(): string;
}

const TOKEN_PREFIX = 'base64url.bearer.phx.';

/** A server of Phoenix Channels V2 on a free port of 127.0.0.1, mounted at `/socket`. */
export async function startPhoenixServer({ idleTimeout = 60_000 }: PhoenixServerOptions = {}): Promise<PhoenixServer> {
  const channels = createPhoenixChannels();
  let tokens = new Set<string>();
  let issued = 0;

  const http = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({
    server: http,
    verifyClient: ({ req }, answer) => answer(isRoute(req) && isAllowed(tokenOf(req), tokens), 403),
    handleProtocols: (offered) => (offered.has('phoenix') ? 'phoenix' : false),
  });
  sockets.on('connection', (socket) => {
    const peer = createPeer((message) => socket.send(writeFrame(message)));
    const sayBye = () => socket.close(1000);
    let idle = setTimeout(sayBye, idleTimeout);
    socket.on('error', () => {}); // `close` says it too
    socket.on('message', (data, isBinary) => {
      clearTimeout(idle);
      idle = setTimeout(sayBye, idleTimeout);
      try {
        channels.receive(peer, readFrame(data as Buffer, isBinary)); // `ws` gives no other by default
      } catch {
        socket.close(1011); // a frame that the real one cannot read crashes its socket
      }
    });
    socket.on('close', () => {
      clearTimeout(idle);
      channels.lose(peer);
    });
  });
  const listen = async (port: number) => {
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
  };
  await listen(0);
  const { port } = http.address() as AddressInfo; // of a TCP server

  return {
    port,
    url: `ws://127.0.0.1:${port}/socket`,
    publish: channels.publish,
    end: channels.end,
    members: channels.members,
    joins: channels.joins,
    release: channels.release,
    token() {
      const token = `token-${++issued}`;
      tokens.add(token);
      return token;
    },
    expire() {
      tokens = new Set();
      for (const socket of sockets.clients) socket.close(1000); // what a broadcast of "disconnect" does
    },
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async restart() {
      await stop(http, sockets, (socket) => socket.close(1000));
      await listen(port);
    },
    [Symbol.asyncDispose]: () => stop(http, sockets, (socket) => socket.terminate()),
  };
}

async function stop(
  http: ReturnType<typeof createServer>,
  sockets: WebSocketServer,
  end: (socket: WebSocket) => void,
): Promise<void> {
  const closed = Promise.all([
    new Promise((resolve) => http.close(resolve)),
    ...[...sockets.clients].map((socket) => once(socket, 'close')),
  ]);
  sockets.clients.forEach(end);
  const deadline = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), 500); // of those on a frozen path
  await closed;
  clearTimeout(deadline);
}

/** V2 only: without `vsn` a Phoenix speaks V1. */
function isRoute({ url = '' }: IncomingMessage): boolean {
  const { pathname, searchParams } = new URL(url, 'ws://localhost');
  return pathname === '/socket/websocket' && /^2\./.test(searchParams.get('vsn') ?? '');
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(/, */) ?? [];
  const bearer = offered.find((name) => name.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
  return bearer === undefined ? undefined : Buffer.from(bearer, 'base64').toString();
}

const isAllowed = (token: string | undefined, tokens: ReadonlySet<string>) => token === undefined || tokens.has(token);
