import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** A bare client for the tests: collects what comes, and waits for it. */
export class TestClient implements AsyncDisposable {
  readonly ws: WebSocket;
  readonly received: { text: string; isBinary: boolean }[] = [];
  /** Settled before a test can ask: a close that came early is not missed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #refused: Promise<number>;

  constructor(url: string, { protocols, ...options }: ClientOptions & { protocols?: string[] } = {}) {
    this.ws = new WebSocket(url, protocols ?? [], options);
    this.closed = new Promise((resolve) =>
      this.ws.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.#refused = new Promise((resolve) =>
      this.ws.once(
        'unexpected-response',
        (request, response) => (request.destroy(), resolve(response.statusCode ?? 0)),
      ),
    );
    this.ws.on('error', () => {});
    this.ws.on('message', (data: Buffer, isBinary) => {
      this.received.push({ text: data.toString(isBinary ? 'hex' : 'utf8'), isBinary });
      this.ws.emit('received');
    });
  }

  /** The status with which the server refused the handshake. */
  refused(): Promise<number> {
    return this.#refused;
  }

  async opened(): Promise<this> {
    if (this.ws.readyState === WebSocket.CONNECTING) await once(this.ws, 'open');
    return this;
  }

  /** Waits until what came satisfies the condition. */
  async until(condition: (received: TestClient['received']) => boolean): Promise<void> {
    while (!condition(this.received)) await once(this.ws, 'received');
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  /** What came, as JSON. */
  messages(): Record<string, unknown>[] {
    return this.received.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
  }

  /** The numbers that came. */
  numbers(): number[] {
    return this.messages().flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ws.terminate();
    await this.closed;
  }
}
