import type { WebSocketConstructor } from '../types';
import type { CloseInfo, IncomingData, OutgoingData } from '../types';
import { NO_CLOSE_FRAME } from '../wire/closeCodes';

export interface TransportHandlers {
  opened(): void;
  received(data: IncomingData): void;
  errored(): void;
  closed(close: CloseInfo): void;
}

/** One socket, from its construction until it closes or is abandoned. */
export interface Transport {
  protocol(): string;
  /** Whether `send` would reach the network; a socket that is closing swallows what it is given. */
  isWritable(): boolean;
  /** Bytes that wait in the platform; 0 where it does not say (React Native). */
  bufferedAmount(): number;
  send(data: OutgoingData): void;
  close(code?: number, reason?: string): void;
  /** Closes without waiting: on a dead path a browser takes a minute to admit the end. Nothing more is heard of it. */
  abandon(code: number): void;
}

const OPEN = 1;

export function openTransport(
  WebSocket: WebSocketConstructor,
  url: string,
  protocols: string[],
  binaryType: BinaryType,
  handlers: TransportHandlers,
): Transport {
  const socket = protocols.length ? new WebSocket(url, protocols) : new WebSocket(url);
  socket.onopen = () => handlers.opened();
  socket.onmessage = ({ data }) => handlers.received(data);
  socket.onerror = () => handlers.errored();
  socket.onclose = ({ code = NO_CLOSE_FRAME, reason = '', wasClean = false }) =>
    handlers.closed({ code, reason, wasClean });

  const close = (code?: number, reason?: string) => {
    try {
      socket.close(code, reason);
    } catch {
      // Some implementations refuse to close while connecting; it is left alone then.
    }
  };

  try {
    socket.binaryType = binaryType;
  } catch (error) {
    close(); // some platforms refuse one; nobody would ever close this socket
    throw error;
  }

  return {
    protocol: () => socket.protocol ?? '', // missing in React Native
    isWritable: () => socket.readyState === OPEN,
    bufferedAmount: () => socket.bufferedAmount ?? 0,
    send: (data) => socket.send(data),
    close,
    abandon(code) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.onerror = () => {}; // `ws` throws an error that nobody listens to
      close(code);
    },
  };
}
