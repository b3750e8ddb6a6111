import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Session } from '../session/session';
import type { ServerContext } from '../session/context';
import type { Disconnect } from '../disconnects';
import { centrifugo } from '../wire/centrifugo';
import { envelope, ENVELOPE_SUBPROTOCOL } from '../wire/envelope';
import { webSocketLine } from './webSocketLine';

/** The WebSockets of a server: each with a session in the format that its subprotocol chose. */
export class Sockets {
  readonly #context: ServerContext;
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<WebSocket, Session>();
  readonly #whenEmpty = new Set<() => void>();

  constructor(context: ServerContext, compression: boolean) {
    this.#context = context;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: context.limits.maxPayload,
      perMessageDeflate: compression,
      autoPong: false, // or whoever pings and does not read would fill the memory
      handleProtocols: (offered) => offered.has(ENVELOPE_SUBPROTOCOL) && ENVELOPE_SUBPROTOCOL,
    });
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, request));
  }

  /** Closes all, and resolves when they are gone; those that are not after `timeout` milliseconds are cut. */
  async close(why: Disconnect, timeout: number): Promise<void> {
    for (const session of this.#sessions.values()) session.disconnect(why);
    if (!this.#sessions.size) return;
    const empty = new Promise<void>((resolve) => this.#whenEmpty.add(resolve));
    const cancel = this.#context.clock.setTimeout(() => {
      for (const webSocket of this.#sessions.keys()) webSocket.terminate();
    }, timeout);
    await empty;
    cancel();
  }

  #open(webSocket: WebSocket, { url = '', headers, socket }: IncomingMessage): void {
    const wire = webSocket.protocol === ENVELOPE_SUBPROTOCOL ? envelope : centrifugo;
    const line = webSocketLine(webSocket, this.#context);
    const handshake = { url, headers, address: socket.remoteAddress ?? '' };
    const session = new Session(this.#context, wire, { line, handshake });
    this.#sessions.set(webSocket, session);
    // Neither format knows binary messages: to both they are no frame.
    webSocket.on('message', (data, isBinary) => session.receive(isBinary ? '' : String(data)));
    webSocket.on('ping', (data) => session.receiveControl() && webSocket.pong(data));
    webSocket.on('pong', () => session.receiveControl());
    webSocket.on('error', () => {}); // `close` follows
    webSocket.on('close', () => {
      session.end();
      this.#sessions.delete(webSocket);
      if (!this.#sessions.size) for (const tell of this.#whenEmpty) tell();
    });
  }
}
