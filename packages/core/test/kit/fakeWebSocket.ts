import type { IncomingData, OutgoingData, WebSocketLike } from '../../src/index';

/** A handler of a socket, or `null` once it is detached. */
type Handler = WebSocketLike['onopen'];

/**
 * A socket whose network is the test. Like a browser's: `send` throws while connecting and swallows
 * while closing, `close` refuses codes that only the platform may send, and no close event comes
 * before the test says so.
 */
export class FakeWebSocket implements WebSocketLike {
  readyState = 0;
  protocol = '';
  binaryType = 'blob';
  bufferedAmount: number = 0;
  onopen: Handler = null;
  onmessage: Handler = null;
  onerror: Handler = null;
  onclose: Handler = null;
  /** What reached the network, in order. */
  readonly sent: OutgoingData[] = [];
  /** The arguments of each `close` call. */
  readonly closeCalls: { code: number | undefined; reason: string | undefined }[] = [];

  constructor(
    readonly url: string,
    readonly protocols: string[] = [],
  ) {}

  // ---- what the connection calls ----

  send(data: OutgoingData): void {
    if (this.readyState === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    if (this.readyState === 1) this.sent.push(data);
  }

  close(code?: number, reason?: string): void {
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999))
      throw new DOMException('Bad close code.', 'InvalidAccessError');
    this.closeCalls.push({ code, reason });
    if (this.readyState < 2) this.readyState = 2;
  }

  // ---- what the network does ----

  accept(protocol = ''): void {
    this.readyState = 1;
    this.protocol = protocol;
    this.onopen?.({ type: 'open' });
  }

  deliver(data: IncomingData): void {
    this.onmessage?.({ type: 'message', data });
  }

  end(code = 1006, reason = '', wasClean = code !== 1006): void {
    this.readyState = 3;
    this.onclose?.({ type: 'close', code, reason, wasClean });
  }

  break(): void {
    this.onerror?.({ type: 'error' });
  }

  /** Nobody listens any more: whatever it says later is not heard. */
  get isDetached(): boolean {
    return this.onopen === null && this.onmessage === null && this.onclose === null;
  }

  /** Somebody still listens, and it has not ended. */
  get isLive(): boolean {
    return !this.isDetached && this.readyState < 3;
  }
}

/** A class that notes its sockets. */
export function fakeWebSockets(): { WebSocket: typeof FakeWebSocket; sockets: FakeWebSocket[] } {
  const sockets: FakeWebSocket[] = [];
  class NotedWebSocket extends FakeWebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  return { WebSocket: NotedWebSocket, sockets };
}
