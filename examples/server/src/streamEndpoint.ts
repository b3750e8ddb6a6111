import type { Client } from './client';
import type { Config } from './config';
import { parseRequest } from './parseRequest';
import { rateFrame, type Stream, type Streams } from './streams';

/** Above this many bytes in the socket's buffer the frames wait in the outbox. */
const HIGH_WATER_MARK = 1_048_576;

export interface Source {
  readonly path: string;
  readonly rate: number;
  /** The whole state, for who comes new. */
  snapshot(): string[];
  /** What is known of the past of a symbol, where symbols are: in it is what was streamed up to the number `until`. */
  candles?(symbol: string, until: number): string;
  /** Does what a client asks for; `null` when it is done, else why not. Without it, there is nothing to ask for. */
  obey?(command: unknown): string | null;
}

/** One socket of a stream: `/market` or `/fleet`. */
export class StreamEndpoint {
  #stream: Stream | null = null;
  /** The number of the frame to send next. */
  #cursor = 1;
  #pumpedAt = 0;

  constructor(
    private readonly client: Client,
    private readonly source: Source,
    private readonly streams: Streams,
    config: Config,
  ) {
    client.onMessage(config, (data, isBinary) => this.#receive(isBinary ? '' : data.toString()));
    client.ws.once('close', () => this.#leave());
  }

  /** Sends what the client has not got yet. Late by `delay` milliseconds at the most. */
  pump(now: number, delay: number): void {
    if (!this.#stream || this.client.ws.readyState !== this.client.ws.OPEN || now - this.#pumpedAt < delay) return;
    const { outbox } = this.#stream;
    this.#pumpedAt = now;
    this.#cursor = Math.max(this.#cursor, outbox.first); // too slow: the client sees the gap in the numbers

    this.client.socket.cork(); // one system call for all of them
    while (this.#cursor < outbox.next && this.client.ws.bufferedAmount < HIGH_WATER_MARK) {
      this.client.send(outbox.at(this.#cursor) ?? '');
      this.#cursor += 1;
    }
    this.client.socket.uncork();
  }

  #receive(text: string): void {
    const request = parseRequest(text);
    if (!request || (request.type === 'resume') === (this.#stream !== null)) {
      return this.client.ws.close(4400, 'expected: resume first, then ping, probe, rate, candles or command');
    }
    switch (request.type) {
      case 'resume': {
        const { rate, path } = this.source;
        const { stream, cursor, welcome } = this.streams.open(path, request, {
          rate,
          now: Date.now(),
          frames: () => this.source.snapshot(),
        });
        stream.sockets += 1;
        this.#stream = stream;
        this.#cursor = cursor;
        return this.client.send(JSON.stringify(welcome));
      }
      case 'ping':
        return this.client.send('{"type":"pong"}');
      case 'candles':
        if (!this.#stream || !this.source.candles)
          return this.client.ws.close(4400, `no candles at ${this.source.path}`);
        return this.client.send(this.source.candles(request.symbol, this.#stream.outbox.next - 1));
      case 'probe':
        return this.#stream?.outbox.append(JSON.stringify({ type: 'ack', id: request.id }));
      case 'command': {
        const refused = this.source.obey ? this.source.obey(request.command) : 'There are no commands here.';
        return this.#stream?.outbox.append(JSON.stringify({ type: 'answer', request: request.request, refused }));
      }
      case 'rate':
        if (!this.#stream) return;
        this.#stream.pace.rate = request.updatesPerSecond;
        return this.#stream.outbox.append(rateFrame(request.updatesPerSecond));
    }
  }

  #leave(): void {
    if (!this.#stream) return;
    this.#stream.sockets -= 1;
    this.#stream.aloneSince = Date.now();
  }
}
