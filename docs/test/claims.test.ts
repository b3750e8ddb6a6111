import {
  createConnection,
  createFeed,
  keepLast,
  type ConnectionOptions,
  type Environment,
  type WebSocketLike,
} from '@tautline/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';

/** What the table in README.md claims beyond what the packages' own tests are named for. */

/** Time that passes when told to. */
class Clock {
  time = 0;
  #due: { readonly at: number; readonly run: () => void }[] = [];

  setTimeout(run: () => void, delay: number): () => void {
    const entry = { at: this.time + delay, run };
    this.#due.push(entry);
    this.#due.sort((one, other) => one.at - other.at);
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  }

  pass(duration: number): void {
    const end = this.time + duration;
    for (let next = this.#due[0]; next && next.at <= end; next = this.#due[0]) {
      this.#due.shift();
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }
}

let clock = new Clock();
let random = () => 0.5;
let sockets: FakeWebSocket[] = [];

class FakeWebSocket implements WebSocketLike {
  readyState = 0;
  readonly protocol = '';
  binaryType = 'arraybuffer';
  onopen: WebSocketLike['onopen'] = null;
  onmessage: WebSocketLike['onmessage'] = null;
  onerror: WebSocketLike['onerror'] = null;
  onclose: WebSocketLike['onclose'] = null;

  constructor(readonly url: string) {
    sockets.push(this);
    clock.setTimeout(() => this.open(), 5);
  }
  open() {
    this.readyState = 1;
    this.onopen?.({});
  }
  lose() {
    this.readyState = 3;
    this.onclose?.({ code: 1006, reason: '', wasClean: false });
  }
  send() {}
  /** On a dead path nobody answers the closing handshake. */
  close() {
    this.readyState = 2;
  }
}

const environment: Partial<Environment> = {
  now: () => clock.time,
  random: () => random(),
  setTimeout: (run, delay) => clock.setTimeout(run, delay),
};

const connect = (options: ConnectionOptions = {}, url: Parameters<typeof createConnection>[0] = 'ws://server.test') => {
  const connection = createConnection(url, { WebSocket: FakeWebSocket, lifecycle: { environment }, ...options });
  connection.connect();
  return connection;
};

beforeEach(() => {
  clock = new Clock();
  random = () => 0.5;
  sockets = [];
});

describe('what the README claims', () => {
  it('a frozen path is replaced within heartbeat timeout + 1 s of the unanswered ping', () => {
    random = () => 0.999;
    using connection = connect({ heartbeat: { message: 'ping', interval: 10_000, timeout: 5_000 } });
    clock.pass(5 + 10_000); // the ping goes out
    clock.pass(5_000 + 1_000);
    expect(sockets).toHaveLength(2);
    expect(connection.getSnapshot().status).toBe('connected');
  });

  it('1,000 messages in one task reach the collector and the listener, and tell subscribers once', async () => {
    using connection = connect();
    const feed = createFeed(connection, keepLast(2_000));
    const told = vi.fn();
    const heard = vi.fn();
    feed.subscribe(told);
    connection.on('message', heard);
    clock.pass(5);
    for (let count = 0; count < 1_000; count++) sockets[0]?.onmessage?.({ data: String(count) });
    await Promise.resolve(); // the flush of Node
    expect(heard).toHaveBeenCalledTimes(1_000);
    expect(feed.getSnapshot()).toHaveLength(1_000);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('the queue is bounded by default, and every message dropped is reported', () => {
    using connection = connect();
    const dropped = vi.fn();
    connection.on('dropped', dropped);
    const results = Array.from({ length: 1_500 }, (_, count) => connection.send(String(count)));
    expect(results.filter((result) => result === 'queued')).toHaveLength(1_000);
    expect(dropped).toHaveBeenCalledTimes(500);
    expect(dropped).toHaveBeenLastCalledWith({ message: '1499', reason: 'overflow' });
  });

  it('a provider is asked again before every attempt, and its rejection is one more failed attempt', async () => {
    const provide = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('no token'))
      .mockResolvedValueOnce('ws://server.test/?token=1')
      .mockResolvedValue('ws://server.test/?token=2');
    using connection = connect({}, provide);
    await vi.waitFor(() => expect(connection.getSnapshot().error?.code).toBe('provider-rejected'));
    clock.pass(1_000);
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    clock.pass(5);
    expect(connection.getSnapshot().status).toBe('connected');
    sockets[0]?.lose();
    clock.pass(2_000);
    await vi.waitFor(() => expect(sockets).toHaveLength(2));
    expect(sockets.map(({ url }) => url)).toEqual(['ws://server.test/?token=1', 'ws://server.test/?token=2']);
  });
});
