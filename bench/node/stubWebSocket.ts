import type { Dialect } from '../adapters/adapter';

type Listener = (event: { readonly type: string; readonly data?: unknown }) => void;

/** A socket without a network, as lean as can be: what is left of a measurement is the library. */
export class StubWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** All that were made and are not open yet. */
  static readonly connecting = new Set<StubWebSocket>();
  static dialect: Dialect = 'plain';
  /** How many messages all sockets were given. */
  static sent = 0;
  /** Every message they were given, where order matters. */
  static received: unknown[] | undefined;

  readyState = 0;
  readonly protocol = '';
  readonly extensions = '';
  readonly bufferedAmount = 0;
  binaryType = 'blob';
  onopen: Listener | null = null;
  onmessage: Listener | null = null;
  onerror: Listener | null = null;
  onclose: Listener | null = null;
  #listeners: [string, Listener][] | undefined;

  constructor(readonly url: string) {
    StubWebSocket.connecting.add(this);
  }

  /** Waits until somebody is connecting, since some take their time, and lets all of them be open. */
  static async open(): Promise<void> {
    while (!StubWebSocket.connecting.size) await new Promise((resolve) => setTimeout(resolve, 0));
    for (const socket of StubWebSocket.connecting) {
      StubWebSocket.connecting.delete(socket);
      socket.readyState = 1;
      socket.#emit({ type: 'open' });
    }
  }

  addEventListener(type: string, listener: Listener): void {
    (this.#listeners ??= []).push([type, listener]);
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners = this.#listeners?.filter(([kind, other]) => kind !== type || other !== listener);
  }

  send(data: unknown): void {
    StubWebSocket.sent++;
    StubWebSocket.received?.push(data);
    if (StubWebSocket.dialect === 'plain') return;
    const answer = ANSWERS[StubWebSocket.dialect]?.(String(data));
    if (answer) queueMicrotask(() => this.#emit({ type: 'message', data: answer }));
  }

  close(): void {
    StubWebSocket.connecting.delete(this);
    this.readyState = 3;
  }

  #emit(event: Parameters<Listener>[0]): void {
    this[`on${event.type as 'open' | 'message'}`]?.(event); // the only two there are
    for (const [type, listener] of this.#listeners ?? []) if (type === event.type) listener(event);
  }
}

/** What a server says to those who connect or join; nothing to those who send. */
const ANSWERS: Partial<Record<Dialect, (data: string) => string | undefined>> = {
  phoenix(data) {
    if (!data.includes('"phx_join"')) return undefined;
    const [joinRef, ref, topic] = JSON.parse(data) as unknown[]; // clients send arrays
    return JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]);
  },
  centrifugo(data) {
    const answers = data.split('\n').flatMap((line): object[] => {
      const { id, connect, subscribe } = JSON.parse(line) as Record<string, unknown>; // clients send objects
      if (connect) return [{ id, connect: { client: 'stub', version: '0' } }];
      return subscribe ? [{ id, subscribe: {} }] : [];
    });
    return answers.length ? answers.map((answer) => JSON.stringify(answer)).join('\n') : undefined;
  },
  envelope(data) {
    const { id, type } = JSON.parse(data) as Record<string, unknown>; // clients send objects
    return type === 'subscribe' ? JSON.stringify({ type: 'ack', id }) : undefined;
  },
};
