import { channel, createConnection, type ChannelProtocol, type WebSocketConstructor } from '@tautline/core';
import { centrifugo } from '@tautline/core/protocols/centrifugo';
import { envelope } from '@tautline/core/protocols/envelope';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTcpProxy } from '../support/tcpProxy';
import type { Chance } from '../simulation/chance';
import { Book } from './ledgerBook';

export type Format = 'envelope' | 'centrifugo';

/** The ids of our own calls, out of the way of those that a protocol counts. */
const FIRST_CALL = 1_000_000;

const QUICK = { initialDelay: 10, maxDelay: 50 };

/** How long everything may take at most once nothing is in its way, in milliseconds, on a busy machine. */
export const PATIENCE = 20_000;

/** A client behind a path of its own that fails, and the book of what it sends and hears. */
export async function startClient(port: number, user: string, { format, chance }: { format: Format; chance: Chance }) {
  const proxy = await startTcpProxy({ port });
  const book = new Book();
  const numbers = new Map<unknown, number>();
  let count = 0;
  let socket: WebSocket | undefined;

  class NotedWebSocket extends WebSocket {
    constructor(address: string, protocols?: string[]) {
      super(address, protocols);
      socket = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the newest
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (this.readyState !== WebSocket.OPEN) book.problems.push('something was sent to a socket that is not open');
      book.given(String(data), this);
      super.send(data);
    }
  }
  const channels =
    format === 'envelope'
      ? envelope({ token: user, heartbeat: { interval: 60, timeout: 60 } })
      : centrifugo({ token: user });
  const connection = createConnection<never, unknown>(`ws://127.0.0.1:${proxy.port}/connection/websocket`, {
    WebSocket: NotedWebSocket as unknown as WebSocketConstructor, // its events have more fields
    channels: channels as unknown as ChannelProtocol<never, unknown>, // what each speaks is its own affair
    idleTimeout: 250,
    connectTimeout: 500,
    closeTimeout: 100,
    reconnect: QUICK,
    queue: { maxMessages: 12, overflow: chance.pick(['drop-newest', 'drop-oldest']) },
  });
  connection.on('dropped', ({ message }) => book.dropped(numbers.get(message) ?? NaN));
  connection.on('invalid', ({ error }) => void book.problems.push(error.message));

  const options = { rejoin: QUICK, joinTimeout: 500 };
  const room = channel(connection, 'room', options);
  let before = room.getSnapshot();
  room.subscribe(() => {
    const now = room.getSnapshot();
    if (now.status === 'joined' && before.status !== 'joined' && now.recovered === false) book.hearGap();
    before = now;
  });
  room.on('said', (number) => book.hear(number as number)); // the server publishes nothing else there
  const talk = channel(connection, `talk:${user}`, options);
  room.retain();
  talk.retain();

  /** Sends a message past all channels: a call whose answer nobody waits for. */
  const sendNote = () => {
    const number = ++count;
    const data = { noteNumber: number };
    const id = FIRST_CALL + number;
    const message =
      format === 'envelope'
        ? { type: 'call', id, event: 'note', payload: data }
        : { id, method: 'rpc', body: { method: 'note', data } };
    numbers.set(message, number);
    const note = book.write(number);
    const result = connection.send(message, {
      volatile: chance.is(0.1),
      ...(chance.is(0.3) && { ttl: chance.between(0, 100) }),
    });
    const expected = { sent: 'sent', queued: 'waiting', dropped: 'dropped' }[result];
    if (note.outcome !== expected) book.problems.push(`note ${number} is ${note.outcome}, and was called ${result}`);
    if (book.waiting !== connection.queue.size) {
      book.problems.push(`${book.waiting} notes wait, and ${connection.queue.size} are in the queue`);
    }
  };

  const sendEvent = () => {
    const sending = book.writeSending(++count);
    const { number } = sending;
    talk.send('said', { eventNumber: number }, { timeout: chance.pick([100, 1_000, 10_000]) }).then(
      () => book.settled(sending, 'resolved'),
      () => book.settled(sending, 'rejected'),
    );
  };

  const joined = () =>
    vi.waitUntil(() => [room, talk].every((each) => each.getSnapshot().status === 'joined'), {
      timeout: PATIENCE,
      interval: 5,
    });

  return {
    user,
    proxy,
    connection,
    book,
    sendNote,
    sendEvent,
    joined,
    /** The socket of the line that is up. */
    get socket() {
      return socket;
    },
    end() {
      connection.dispose();
      return proxy[Symbol.asyncDispose]();
    },
  };
}

export type LedgerClient = Awaited<ReturnType<typeof startClient>>;
