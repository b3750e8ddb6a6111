import { byteLength } from '../lib/byteLength';
import { systemClock, type Clock } from '../lib/clock';
import { createConnection } from '../runtime/connection';
import type { CloseInfo, Connection, ConnectionSnapshot, OutgoingData, WebSocketConstructor } from '../types';
import { checkClose, NOT_CLOSED } from '../wire/closeCodes';
import { toSubprotocols, toWebSocketUrl } from '../wire/url';
import { CloseEventClass } from './closeEvent';
import { defineEventHandlers } from './eventHandlers';
import { checkAsStandard } from './standardError';
import type {
  ReconnectingWebSocketOptions,
  StandardEventTarget,
  WebSocketAddress,
  WebSocketSubprotocols,
} from './types';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/** `EventTarget`, whose listeners are typed as those of the standard's class. */
const Target = EventTarget as new () => StandardEventTarget; // it takes any type of event

/**
 * A `WebSocket` of the standard's shape that connects again, for whoever takes one: it can open and close many
 * times. `docs/drop-in.md` lists what differs from the standard, and which client wants which option.
 *
 * @see https://websockets.spec.whatwg.org/#the-websocket-interface
 */
export class ReconnectingWebSocket extends Target implements WebSocket {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSING: 2;
  declare static readonly CLOSED: 3;
  declare readonly CONNECTING: 0;
  declare readonly OPEN: 1;
  declare readonly CLOSING: 2;
  declare readonly CLOSED: 3;
  declare onopen: WebSocket['onopen'];
  declare onmessage: WebSocket['onmessage'];
  declare onerror: WebSocket['onerror'];
  declare onclose: WebSocket['onclose'];

  static {
    for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSING, CLOSED })) {
      for (const owner of [this, this.prototype]) Object.defineProperty(owner, name, { value, enumerable: true });
    }
    defineEventHandlers(this.prototype, ['open', 'message', 'error', 'close']);
  }

  /** What it stands on: snapshot, queue, and events that say more than the standard's. */
  readonly connection: Connection;

  readonly #setTimeout: Clock['setTimeout'];
  readonly #once: boolean;
  #seen: ConnectionSnapshot;
  /** The newest socket there was. */
  #socket: WebSocket | undefined;
  #url = '';
  #origin = '';
  #binaryType: BinaryType;
  /** Bytes given to `send` when it was over. */
  #discarded = 0;
  /** With `once`: how the connection ended that is given up now. */
  #lost: CloseInfo | null = null;
  /** A method of ours runs, and the standard fires no event inside one. */
  #isInside = false;
  /** Ends that are not told yet. */
  #untold = 0;

  /**
   * @param url Absolute, or relative to the page; http(s) counts as ws(s). A function is called before every attempt.
   * @param protocols To offer; a function is called before every attempt. Default none.
   * @throws {DOMException} `SyntaxError` for a URL or subprotocol that cannot work.
   * @throws {InvalidOptionError} for any other option, in development.
   */
  constructor(
    url: WebSocketAddress,
    protocols: WebSocketSubprotocols = [],
    { startClosed = false, once = false, binaryType = 'blob', ...options }: ReconnectingWebSocketOptions = {},
  ) {
    super();
    checkAsStandard(() => {
      if (typeof url !== 'function') this.#url = toWebSocketUrl(url);
      if (typeof protocols !== 'function') toSubprotocols(protocols);
    });
    this.#setTimeout = options.lifecycle?.environment?.setTimeout ?? systemClock.setTimeout;
    this.#once = once;
    this.#binaryType = binaryType;
    const WebSocket = options.WebSocket ?? globalThis.WebSocket;
    this.connection = createConnection(url, {
      ...options,
      protocols,
      binaryType,
      WebSocket: WebSocket && this.#noting(WebSocket as typeof globalThis.WebSocket), // stand-ins have its shape
    });
    this.#seen = this.connection.getSnapshot();
    this.connection.subscribe(() => this.#changed());
    this.connection.on('message', (data) => {
      this.dispatchEvent(new MessageEvent('message', { data, origin: this.#origin }));
    });
    if (!startClosed) this.#run(this.connection.connect);
  }

  /** Of the newest attempt; empty before the first where a function tells. */
  get url(): string {
    return this.#url;
  }

  get protocol(): string {
    return this.#socket?.protocol ?? '';
  }

  get extensions(): string {
    return this.#socket?.extensions ?? '';
  }

  /** CONNECTING also while it waits to try again; CLOSED once it will not, and before the first `reconnect()` with `startClosed`. */
  get readyState(): 0 | 1 | 2 | 3 {
    const { status, readyState } = this.connection.getSnapshot();
    if (status === 'connecting' || status === 'reconnecting') return CONNECTING;
    return readyState === CLOSED && this.#untold ? CLOSING : readyState;
  }

  /** Bytes that wait: in the queue, in the socket; and those that were sent in vain once it was over. */
  get bufferedAmount(): number {
    return this.connection.queue.bytes + (this.#socket?.bufferedAmount ?? 0) + this.#discarded;
  }

  /** How binary messages arrive, also over the sockets to come. @default 'blob' */
  get binaryType(): BinaryType {
    return this.#binaryType;
  }

  set binaryType(type: BinaryType) {
    if (type !== 'blob' && type !== 'arraybuffer') return; // as the standard ignores it
    this.#binaryType = type;
    if (this.#socket) this.#socket.binaryType = type;
  }

  /** Sends now, or queues until it is open. What the queue has no room for is a `dropped` event of `connection`. */
  send(data: Parameters<WebSocket['send']>[0]): void {
    const message = (isBinary(data) ? data : String(data)) as OutgoingData; // views of any buffer are sent alike
    const { status } = this.connection.getSnapshot();
    if (status === 'disconnected' || status === 'failed') this.#discarded += byteLength(message);
    else this.connection.send(message);
  }

  /**
   * Closes, until `reconnect()`. What is queued stays queued.
   *
   * @param code 1000, or 3000 to 4999. Default 1000.
   * @param reason At most 123 bytes of UTF-8. Default empty.
   * @throws {DOMException} `InvalidAccessError` for another code, `SyntaxError` for a longer reason.
   */
  close(code = 1000, reason = ''): void {
    checkAsStandard(() => checkClose(code, reason));
    this.#run(() => this.connection.disconnect(code, reason));
  }

  /** Opens it again, or anew: what is open is closed first. */
  reconnect(): void {
    this.#run(this.connection.reconnect);
  }

  #run(act: () => void): void {
    this.#isInside = true;
    act();
    this.#isInside = false;
  }

  /** A class that notes what it opens. */
  #noting(Standard: typeof WebSocket): WebSocketConstructor {
    const note = (socket: WebSocket, url: string) => {
      this.#socket = socket;
      this.#url = url;
    };
    return class extends Standard {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols);
        note(this, url);
      }
    };
  }

  /** Tells what became of the sockets, read off two snapshots. */
  #changed(): void {
    const before = this.#seen;
    const now = (this.#seen = this.connection.getSnapshot());
    const wasOpen = before.readyState === OPEN;
    if (now.readyState === OPEN && !wasOpen) {
      this.binaryType = this.#binaryType; // may have changed since the socket got it
      this.#origin = new URL(this.#url).origin;
      this.dispatchEvent(new Event('open'));
      return;
    }
    const isOver = now.status === 'disconnected' || now.status === 'failed';
    if (this.#once && !isOver) {
      if (!wasOpen || now.readyState === OPEN) return;
      this.#lost = now.close;
      this.connection.disconnect();
      return;
    }
    const hasEnded = before.readyState !== CLOSED && now.readyState === CLOSED; // a socket, or an attempt
    const isReplaced = now.readyState === CONNECTING && (wasOpen || (now.error && now.error !== before.error));
    const isGivenUp = isOver && before.readyState === CLOSED && before.status !== now.status; // while it waited
    if (hasEnded || isReplaced) this.#end(now.close);
    else if (isGivenUp) this.#end(this.#lost);
  }

  #end(how: CloseInfo | null): void {
    const close = how ?? NOT_CLOSED;
    this.#lost = null;
    const tell = () => {
      this.#untold--;
      if (!close.wasClean) this.dispatchEvent(new Event('error'));
      this.dispatchEvent(new CloseEventClass('close', close));
    };
    this.#untold++;
    if (this.#isInside) this.#setTimeout(tell, 0);
    else tell();
  }
}

/** Of any realm. */
const isBinary = (data: unknown): boolean => 'byteLength' in Object(data) || 'size' in Object(data);
