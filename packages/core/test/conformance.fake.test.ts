import { createScript } from '../../../test/support/script';
import type { OutgoingData } from '../src/index';
import { byteLength } from '../src/lib/byteLength';
import { describeConformance } from './conformance';
import { FakeWebSocket } from './kit/fakeWebSocket';

const URL_OF_SERVER = 'ws://fake.test';
const script = createScript();

/** The fake of the other tests, with a server behind it: what either side says takes a turn of the event loop. */
class ServedWebSocket extends FakeWebSocket {
  #server: ReturnType<typeof script.accept> | undefined;
  #wire = Promise.resolve();

  constructor(url: string, protocols: string[] = []) {
    super(url, protocols);
    this.#later(() => this.#arrive());
  }

  override send(data: OutgoingData): void {
    super.send(data);
    if (this.readyState !== 1) return;
    const bytes = byteLength(data);
    this.bufferedAmount += bytes;
    this.#later(async () => {
      this.bufferedAmount -= bytes;
      this.#server?.message(
        typeof data === 'string' ? data : new Uint8Array(await new Blob([data as Blob]).arrayBuffer()),
      );
    });
  }

  override close(code?: number, reason?: string): void {
    const isFirst = this.readyState === 1;
    super.close(code, reason);
    if (isFirst) this.#later(() => this.#end(code ?? 1005, reason));
  }

  #arrive(): void {
    const subprotocol = this.protocols.find((offered) => offered === 'tautline.v2') ?? '';
    const isWelcome = this.url.startsWith(`${URL_OF_SERVER}/?`) && (subprotocol || !this.protocols.length);
    if (this.readyState > 0 || !isWelcome) {
      this.break();
      return this.end();
    }
    this.accept(subprotocol);
    this.#server = script.accept(this.url, {
      send: (data) => this.#later(() => this.readyState === 1 && this.deliver(this.#received(data))),
      close: (code, reason) => this.#later(() => this.#end(code, reason)),
      cut: () => this.#later(() => this.#end(1006)),
    });
  }

  #received(data: string | Uint8Array) {
    if (typeof data === 'string') return data;
    const bytes = data.slice();
    return this.binaryType === 'blob' ? new Blob([bytes]) : bytes.buffer;
  }

  #end(code: number, reason?: string): void {
    if (this.readyState === 3) return;
    this.#server?.closed(code, reason ?? '');
    this.end(code, reason);
  }

  #later(what: () => unknown): void {
    this.#wire = this.#wire.then(() => new Promise(setImmediate)).then(async () => void (await what()));
  }
}

describeConformance({
  name: 'the fake of the other tests',
  WebSocket: ServedWebSocket,
  url: URL_OF_SERVER,
  deadUrl: 'ws://nobody.test',
  seen: script.seen,
});
