import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Config } from './config';
import type { Faults } from './faults';
import { TokenBucket } from './tokenBucket';

/** What is the same for every socket: liveness, the rate limit, and the faults of the line. */
export class Client {
  readonly socket: Socket;
  /** Whether it answered the last ping, or has not been asked. */
  #alive = true;

  constructor(
    readonly ws: WebSocket,
    request: IncomingMessage,
    private readonly faults: Faults,
  ) {
    this.socket = request.socket;
    ws.on('pong', () => (this.#alive = true));
    ws.on('error', () => {}); // a broken frame or a message too large: ws closes with the right code
  }

  /** Calls back with each message, unless there are too many: then 4429, which tells the client to slow down. */
  onMessage({ burst, messagesPerSecond }: Config, listener: (data: Buffer, isBinary: boolean) => void): void {
    const bucket = new TokenBucket(burst, messagesPerSecond, Date.now());
    this.ws.on('message', (data: Buffer, isBinary) => {
      if (!bucket.take(Date.now())) return this.ws.close(4429, `more than ${messagesPerSecond} messages per second`);
      const { delay } = this.faults;
      if (delay > 0) setTimeout(listener, delay, data, isBinary);
      else listener(data, isBinary);
    });
  }

  /** Sends at once, unless the line is frozen or gone. */
  send(data: string | Buffer, binary = false): void {
    if (this.ws.readyState === this.ws.OPEN) this.ws.send(data, { binary });
  }

  /** Asks whether it is there; who did not answer the last time is cut off, for a dead peer never closes. */
  checkHeartbeat(): void {
    if (!this.#alive) return this.ws.terminate();
    this.#alive = false;
    this.ws.ping();
  }
}
