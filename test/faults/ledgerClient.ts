import {
  channel,
  createConnection,
  type AnyChannel,
  type ChannelProtocol,
  type Connection,
  type WebSocketConstructor,
} from '@tautline/core';
import { centrifugo } from '@tautline/core/protocols/centrifugo';
import { envelope } from '@tautline/core/protocols/envelope';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Chance } from '../simulation/chance';
import { startTcpProxy, type ProxyPath, type TcpProxy } from '../support/tcpProxy';
import { Book } from './ledgerBook';

/** The ids of our own calls, out of the way of those that a protocol counts. */
const FIRST_CALL = 1_000_000;

const QUICK = { initialDelay: 10, maxDelay: 50 };

/** How long anything may take once nothing is in its way, in milliseconds, on a busy machine. */
export const PATIENCE = 20_000;

export interface ClientOptions {
  readonly user: string;
  readonly format: 'envelope' | 'centrifugo';
  readonly chance: Chance;
}

/** A client behind a path of its own that fails, and the book of what it sends and hears. */
export class LedgerClient {
  readonly user: string;
  readonly proxy: TcpProxy;
  readonly book = new Book();
  readonly connection: Connection<never, unknown>;
  /** The newest. */
  socket: WebSocket | undefined;
  readonly #format: ClientOptions['format'];
  readonly #chance: Chance;
  readonly #room: AnyChannel;
  readonly #talk: AnyChannel;
  readonly #numbers = new Map<unknown, number>();
  #count = 0;

  static async start(port: number, options: ClientOptions): Promise<LedgerClient> {
    const client = new LedgerClient(await startTcpProxy({ port }), options);
    await client.joined();
    return client;
  }

  private constructor(proxy: TcpProxy, { user, format, chance }: ClientOptions) {
    this.user = user;
    this.proxy = proxy;
    this.#format = format;
    this.#chance = chance;
    this.connection = this.#connect();
    this.connection.on('dropped', ({ message }) => this.book.dropped(this.#numbers.get(message) ?? NaN));
    this.connection.on('invalid', ({ error }) => this.book.problem(error.message));
    this.#room = this.#join('room');
    this.#room.on('said', (number) => this.book.hear(Number(number)));
    this.#talk = this.#join(`talk:${user}`);
  }

  /** Sends a message past all channels: a call whose answer nobody waits for. */
  sendNote(): void {
    const { book, connection } = this;
    const note = book.write(++this.#count);
    const message = this.#callOf(note.number);
    this.#numbers.set(message, note.number);
    const result = connection.send(message, {
      volatile: this.#chance.is(0.1),
      ...(this.#chance.is(0.3) && { ttl: this.#chance.between(0, 100) }),
    });
    const expected = { sent: 'sent', queued: 'waiting', dropped: 'dropped' }[result];
    if (note.outcome !== expected) book.problem(`note ${note.number} is ${note.outcome}, and was called ${result}`);
    const { size } = connection.queue;
    if (book.waiting !== size) book.problem(`${book.waiting} notes wait, and ${size} are in the queue`);
  }

  /** Sends an event to a channel. */
  sendEvent(): void {
    const sending = this.book.writeSending(++this.#count);
    const timeout = this.#chance.pick([100, 1_000, 10_000]);
    this.#talk.send('said', { eventNumber: sending.number }, { timeout }).then(
      () => this.book.settled(sending, 'resolved'),
      () => this.book.settled(sending, 'rejected'),
    );
  }

  eachPath(act: (path: ProxyPath) => void): void {
    this.proxy.paths.forEach(act);
  }

  async joined(): Promise<void> {
    const isJoined = () => [this.#room, this.#talk].every((each) => each.getSnapshot().status === 'joined');
    await vi.waitUntil(isJoined, { timeout: PATIENCE, interval: 5 });
  }

  /** Gets a new line that nothing is wrong with. */
  async heal(): Promise<void> {
    await this.proxy.accept();
    const isUp = this.connection.getSnapshot().status === 'connected';
    const gone = isUp && new Promise<void>((resolve) => this.connection.on('disconnected', () => resolve()));
    this.eachPath((path) => path.cut());
    await gone;
    await this.joined();
  }

  async end(): Promise<void> {
    this.connection.dispose();
    await this.proxy[Symbol.asyncDispose]();
  }

  #connect(): Connection<never, unknown> {
    const { user } = this;
    const protocol =
      this.#format === 'envelope'
        ? envelope({ token: user, heartbeat: { interval: 60, timeout: 60 } })
        : centrifugo({ token: user });
    return createConnection<never, unknown>(`ws://127.0.0.1:${this.proxy.port}/connection/websocket`, {
      WebSocket: this.#notedWebSocket(),
      channels: protocol as unknown as ChannelProtocol<never, unknown>, // what each speaks is its own affair
      idleTimeout: 250,
      connectTimeout: 500,
      closeTimeout: 100,
      reconnect: QUICK,
      queue: { maxMessages: 12, overflow: this.#chance.pick(['drop-newest', 'drop-oldest']) },
    });
  }

  /** A class that writes into the book what it is given. */
  #notedWebSocket(): WebSocketConstructor {
    const opened = (socket: WebSocket) => void (this.socket = socket);
    const { book } = this;
    class NotedWebSocket extends WebSocket {
      constructor(address: string, protocols?: string[]) {
        super(address, protocols);
        opened(this);
      }
      override send(data: Parameters<WebSocket['send']>[0]): void {
        if (this.readyState !== WebSocket.OPEN) book.problem('something was given to a socket that is not open');
        book.given(String(data), this);
        super.send(data);
      }
    }
    return NotedWebSocket as unknown as WebSocketConstructor; // its events have more fields
  }

  #join(topic: string): AnyChannel {
    const joined = channel(this.connection, topic, { rejoin: QUICK, joinTimeout: 500 });
    let before = joined.getSnapshot();
    joined.subscribe(() => {
      const now = joined.getSnapshot();
      const isBack = now.status === 'joined' && before.status !== 'joined';
      if (topic === 'room' && isBack && now.recovered === false) this.book.hearGap();
      before = now;
    });
    joined.retain();
    return joined;
  }

  #callOf(noteNumber: number): object {
    const id = FIRST_CALL + noteNumber;
    const data = { noteNumber };
    return this.#format === 'envelope'
      ? { type: 'call', id, event: 'note', payload: data }
      : { id, method: 'rpc', body: { method: 'note', data } };
  }
}
