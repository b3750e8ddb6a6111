import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ChannelServer } from './channelServer';
import { createPusherAuth, type PusherAuth } from './pusherAuth';
import { createPusherHub, type PusherFrame } from './pusherHub';

export interface PusherServer extends ChannelServer {
  /** Of the app that is served. */
  readonly key: string;
  readonly authEndpoint: string;
  readonly auth: PusherAuth;
  /** Every event that came from clients, pings included, in order. */
  readonly received: readonly PusherFrame[];
  /** Sends a frame to everybody; `data` is encoded twice, as servers do. */
  broadcast(frame: PusherFrame): void;
  /** Closes every socket with a code. */
  close(code: number, reason?: string): void;
}

/**
 * A server of the Pusher protocol, version 7, for one app, with the app's authorisation endpoint beside it.
 *
 * Two things of `ChannelServer` Pusher does not have. No server ends one subscription by itself: `end(topic, 'close')`
 * tells `pusher:subscription_error` after success, and `end(topic, 'crash')` closes the sockets of the members with
 * 4200 (reconnect at once). And nothing answers a client's event: `echo`, `fail` and `silent` go to the other members
 * as all others do.
 *
 * @param activityTimeout What clients are told as `activity_timeout`, in seconds.
 * @see https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/
 */
export async function startPusherServer({ activityTimeout = 120 } = {}): Promise<PusherServer> {
  const key = 'app-key';
  const auth = createPusherAuth(key, 'app-secret');
  const hub = createPusherHub(auth.sign);

  const accept = (socket: WebSocket, path: string) => {
    socket.on('error', () => {}); // `close` says it too
    if (!http.listening) return socket.terminate();
    const refusal = refusalOf(new URL(path, 'ws://localhost'), key);
    if (refusal) return socket.close(...refusal);
    const { id, receive, gone } = hub.accept({
      send: ({ data, ...frame }) => socket.send(JSON.stringify({ ...frame, data: data && JSON.stringify(data) })),
      forward: (frame) => socket.send(JSON.stringify(frame)),
      close: (code, reason) => socket.close(code, reason),
      cut: () => socket.terminate(),
    });
    socket.on('message', (data) => receive(JSON.parse(String(data)) as PusherFrame)); // clients under test send no other
    socket.on('close', gone);
    const data = { socket_id: id, activity_timeout: activityTimeout };
    socket.send(JSON.stringify({ event: 'pusher:connection_established', data: JSON.stringify(data) }));
  };
  const listen = async (at: number): Promise<Server> => {
    const server = createServer((request, response) => void auth.handle(request, response));
    new WebSocketServer({ server }).on('connection', (socket, request) => accept(socket, request.url ?? ''));
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  /** Takes nobody new, says farewell, and waits until all are gone. */
  const stop = async (farewell: () => void) => {
    const closed = once(http, 'close'); // when every socket has ended
    http.close();
    http.closeAllConnections(); // not those that became sockets
    farewell();
    await closed;
  };

  let http = await listen(0);
  const { port } = http.address() as AddressInfo; // of a TCP server
  const close = (code: number, reason = '') => hub.each((client) => client.close(code, reason));
  const drop = () => hub.each((client) => client.cut());

  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    key,
    authEndpoint: `http://127.0.0.1:${port}/pusher/auth`,
    auth,
    received: hub.received,
    broadcast: (frame) => hub.each((client) => client.send(frame)),
    close,
    publish: hub.publish,
    end: hub.end,
    members: hub.members,
    joins: hub.joins,
    release: hub.release,
    drop,
    async restart() {
      await stop(() => close(4200, 'The server restarts'));
      hub.forget();
      http = await listen(port);
    },
    expire() {
      auth.expire();
      close(4200, 'Credentials expired');
    },
    [Symbol.asyncDispose]: () => stop(drop),
  };
}

/** Why a connection is not accepted, as close code and reason. */
function refusalOf({ pathname, searchParams }: URL, key: string): [number, string] | undefined {
  const version = searchParams.get('protocol');
  if (version === null) return [4008, 'No protocol version supplied'];
  if (!/^\d+$/.test(version)) return [4006, 'Invalid version string format'];
  if (version !== '7') return [4007, 'Unsupported protocol version'];
  const [, asked] = /\/app\/([^/]+)$/.exec(pathname) ?? [];
  if (asked === undefined) return [4005, 'Path not found'];
  return asked === key ? undefined : [4001, 'Application does not exist'];
}
