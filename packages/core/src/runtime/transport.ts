import type { CloseInfo, IncomingData, WebSocketConstructor, WebSocketLike } from '../types';
import { ABANDONED, NO_CLOSE_FRAME } from '../wire/closeCodes';

export interface SocketHandlers {
  opened(): void;
  received(data: IncomingData): void;
  errored(): void;
  closed(close: CloseInfo): void;
}

/** What platforms leave out, on the way in, is filled in: React Native's close events lack `wasClean`. */
export function openSocket(
  WebSocket: WebSocketConstructor,
  url: string,
  protocols: string[],
  binaryType: BinaryType,
  { opened, received, errored, closed }: SocketHandlers,
): WebSocketLike {
  const socket = protocols.length ? new WebSocket(url, protocols) : new WebSocket(url);
  socket.onopen = opened;
  socket.onmessage = ({ data }) => received(data);
  socket.onerror = errored;
  socket.onclose = ({ code = NO_CLOSE_FRAME, reason = '', wasClean = false }) => closed({ code, reason, wasClean });
  try {
    socket.binaryType = binaryType;
  } catch (error) {
    closeSocket(socket); // some platforms refuse one; nobody would ever close this socket
    throw error;
  }
  return socket;
}

/** Begins the closing handshake, where there is a socket. */
export function closeSocket(socket: WebSocketLike | undefined, code?: number, reason?: string): void {
  try {
    socket?.close(code, reason);
  } catch {
    // Some implementations refuse to close while connecting; it is left alone then.
  }
}

/** Closes without waiting: on a dead path a browser takes a minute to admit the end. Nothing more is heard of it. */
export function abandonSocket(socket: WebSocketLike): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.onerror = () => {}; // `ws` throws an error that nobody listens to
  closeSocket(socket, ABANDONED);
}
