import type { CloseInfo, WebSocketLike } from '../types';
import { ABANDONED } from '../wire/closeCodes';

/** `WebSocket.OPEN`. A socket in any other state takes nothing: it throws, or complains in the console. */
export const OPEN = 1;

/** Begins the closing handshake, where there is a socket. */
export function closeSocket(socket: WebSocketLike | undefined, close: Partial<CloseInfo> | null): void {
  try {
    socket?.close(close?.code, close?.reason);
  } catch {
    // Some implementations refuse to close while connecting; it is left alone then.
  }
}

/** Closes without waiting: on a dead path a browser takes a minute to admit the end. Nothing more is heard of it. */
export function abandonSocket(socket: WebSocketLike): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.onerror = () => {}; // `ws` throws an error that nobody listens to
  closeSocket(socket, { code: ABANDONED });
}
