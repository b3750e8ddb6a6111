import type { CloseInfo, IncomingData, OutgoingData, WebSocketLike } from '@tautline/core';

/** Where a socket leads. */
export interface Wire {
  /** What was given to the socket and has not left yet, in bytes. */
  readonly backlog: number;
  send(data: string): void;
  close(code: number, reason: string): void;
}

/** A page's end of a line, as browsers have it: nothing happens in the middle of a call. */
export class SimulatedWebSocket implements WebSocketLike {
  readyState = 0;
  protocol = '';
  binaryType = 'blob';
  onopen: WebSocketLike['onopen'] = null;
  onmessage: WebSocketLike['onmessage'] = null;
  onerror: WebSocketLike['onerror'] = null;
  onclose: WebSocketLike['onclose'] = null;
  readonly #wire: Wire;
  readonly #given: (data: string) => void;

  /** @param given Hears what the socket was given, swallowed or not. */
  constructor(wire: Wire, given: (data: string) => void) {
    this.#wire = wire;
    this.#given = given;
  }

  get bufferedAmount(): number {
    return this.#wire.backlog;
  }

  /** Somebody still listens, and it has not ended. */
  get isLive(): boolean {
    return this.readyState < 3 && (this.onopen !== null || this.onmessage !== null || this.onclose !== null);
  }

  // ---- what a connection calls ----

  send(data: OutgoingData): void {
    if (this.readyState === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    this.#given(String(data));
    if (this.readyState === 1) this.#wire.send(String(data));
  }

  close(code = 1000, reason = ''): void {
    if (code !== 1000 && (code < 3000 || code > 4999)) throw new DOMException('Bad code.', 'InvalidAccessError');
    if (this.readyState > 1) return;
    this.readyState = 2;
    this.#wire.close(code, reason);
  }

  // ---- what the network does ----

  opened(protocol: string): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.protocol = protocol;
    this.onopen?.({ type: 'open' });
  }

  arrived(data: IncomingData): void {
    if (this.readyState < 3) this.onmessage?.({ type: 'message', data });
  }

  errored(): void {
    if (this.readyState < 3) this.onerror?.({ type: 'error' });
  }

  ended(close: CloseInfo): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ type: 'close', ...close });
  }
}
