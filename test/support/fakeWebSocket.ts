/** A socket that does what the test says, and nothing on its own. */
export class FakeWebSocket {
  /** All that were made since a test emptied it. */
  static all: FakeWebSocket[] = [];

  /** What the network does runs inside; React's tests put `act` here. */
  static around: (happening: () => void) => void = (happening) => happening();

  static get open(): FakeWebSocket[] {
    return FakeWebSocket.all.filter(({ readyState }) => readyState < 2);
  }

  static get last(): FakeWebSocket {
    const socket = FakeWebSocket.all.at(-1);
    if (!socket) throw new Error('No socket was opened.');
    return socket;
  }

  readyState = 0;
  protocol = '';
  binaryType = 'blob';
  bufferedAmount = 0;
  readonly sent: unknown[] = [];
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  onclose: ((event: object) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocols: string[] = [],
  ) {
    FakeWebSocket.all.push(this);
  }

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(code = 1000, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason, wasClean: true });
  }

  /** The server accepts. */
  accept(): void {
    FakeWebSocket.around(() => {
      this.readyState = 1;
      this.onopen?.({});
    });
  }

  /** The server sends messages, all in one task. */
  receive(...messages: unknown[]): void {
    FakeWebSocket.around(() => {
      for (const data of messages) this.onmessage?.({ data });
    });
  }

  /** The line is lost. */
  lose(code = 1006): void {
    FakeWebSocket.around(() => {
      this.readyState = 3;
      this.onclose?.({ code, reason: '', wasClean: false });
    });
  }
}
