import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { collectGarbage } from '../kit/collectGarbage';
import { fakeProtocol } from '../kit/fakeProtocol';
import { startScriptedServer, type ScriptedServer } from '../../../../test/support/scriptedServer';
import {
  createConnection,
  createFeed,
  createPool,
  keepLast,
  messages,
  type Connection,
  type IncomingData,
  type OutgoingData,
  type WebSocketConstructor,
} from '../../src/index';

const CYCLES = 1_000;
const AT_ONCE = 50;

let server: ScriptedServer;
let url: string;

beforeAll(async () => {
  server = await startScriptedServer();
  url = `ws://127.0.0.1:${server.port}`;
});
afterAll(() => server[Symbol.asyncDispose]());

/** Things that should be forgotten. */
class Remembered {
  readonly #all: WeakRef<object>[] = [];

  add(thing: object): void {
    this.#all.push(new WeakRef(thing));
  }

  get count(): number {
    return this.#all.length;
  }

  alive(): number {
    collectGarbage();
    return this.#all.filter((one) => one.deref()).length;
  }
}

const sockets = new Remembered();
const NotedWebSocket = class extends WebSocket {
  constructor(address: string, protocols?: string[]) {
    super(address, protocols);
    sockets.add(this);
  }
} as unknown as WebSocketConstructor; // takes more than the standard's

const open = (address = url) =>
  createConnection(address, {
    WebSocket: NotedWebSocket,
    reconnect: { delay: () => 0 },
    heartbeat: { message: 'ping' },
    idleTimeout: 60_000,
  });

const once = ({ on }: Pick<Connection, 'on'>, event: 'connected' | 'reconnected'): Promise<void> =>
  new Promise((resolve) => {
    const stop = on(event, () => {
      stop();
      resolve();
    });
  });

async function repeat(cycle: () => Promise<void>): Promise<void> {
  for (let done = 0; done < CYCLES; done += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, cycle));
}

const eventually = (assert: () => void) => vi.waitFor(assert, { timeout: 10_000, interval: 50 });
const running = (kind: string) => process.getActiveResourcesInfo().filter((name) => name === kind).length;

describe(`after ${CYCLES} cycles`, { timeout: 60_000 }, () => {
  test('nothing is left of connections that were connected, cut, reconnected and disposed', async () => {
    const remembered = new Remembered();
    const [timers, handles, before] = [running('Timeout'), running('TCPSocketWrap'), sockets.count];

    await repeat(async () => {
      const connection = open();
      const listener = () => {};
      remembered.add(connection);
      remembered.add(listener);
      remembered.add(connection.getSnapshot);
      connection.subscribe(listener);
      connection.on('message', listener);
      const [connected, reconnected] = [once(connection, 'connected'), once(connection, 'reconnected')];
      connection.connect();
      await connected;
      connection.send('/cut');
      await reconnected;
      connection.send('never answered');
      connection.dispose();
    });

    expect(sockets.count - before).toBe(2 * CYCLES);
    await eventually(() => expect(server.open).toBe(0));
    await eventually(() => expect(running('TCPSocketWrap')).toBe(handles));
    await eventually(() => expect([remembered.alive(), sockets.alive()]).toEqual([0, 0]));
    expect(running('Timeout')).toBeLessThanOrEqual(timers);
  });

  test('a connection that reconnected each time holds its newest socket alone', async () => {
    const connection = open();
    connection.connect();
    await once(connection, 'connected');
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      connection.reconnect();
      await once(connection, 'reconnected');
    }
    await eventually(() => expect(server.open).toBe(1));
    await eventually(() => expect(sockets.alive()).toBe(1));

    connection.dispose();
    await eventually(() => expect([server.open, sockets.alive()]).toEqual([0, 0]));
  });

  test('nothing is left of connections that were given up while connecting', async () => {
    const remembered = new Remembered();
    await repeat(async () => {
      const connection = open();
      remembered.add(connection);
      connection.connect();
      await Promise.resolve();
      connection.dispose();
    });
    await eventually(() => expect([remembered.alive(), sockets.alive(), server.open]).toEqual([0, 0, 0]));
  });

  test('a pool, and the feeds and readers of a connection, forget who has left', async () => {
    const pool = createPool();
    const remembered = new Remembered();
    let number = 0;
    await repeat(async () => {
      const connection = pool.share<IncomingData, OutgoingData>(`${url}/?${number++}`, { WebSocket: NotedWebSocket });
      const feed = createFeed(connection, keepLast(10));
      const reader = messages(connection)[Symbol.asyncIterator]();
      remembered.add(connection);
      remembered.add(feed);
      remembered.add(reader);
      const release = feed.subscribe(() => {});
      const next = reader.next();
      await once(connection, 'connected');
      connection.send('hello');
      await next;
      await reader.return?.();
      release();
    });
    await eventually(() => expect([remembered.alive(), sockets.alive(), server.open]).toEqual([0, 0, 0]));
  });

  test('no listener is left on the page, nor on a signal', async () => {
    const [window, document] = [new EventTarget(), new EventTarget()];
    vi.stubGlobal('window', window);
    vi.stubGlobal('document', document);
    try {
      const { signal } = new AbortController();
      const connection = open();
      connection.connect();
      await connection.whenConnected({ signal });
      expect(getEventListeners(window, 'online')).toHaveLength(1);
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        connection.disconnect();
        connection.connect();
        void connection.whenConnected({ signal }).catch(() => {});
      }
      await connection.whenConnected({ signal });
      expect(getEventListeners(window, 'online')).toHaveLength(1);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);

      connection.dispose();
      for (const type of ['online', 'offline', 'pagehide', 'pageshow'])
        expect(getEventListeners(window, type)).toHaveLength(0);
      for (const type of ['visibilitychange', 'freeze', 'resume'])
        expect(getEventListeners(document, type)).toHaveLength(0);
    } finally {
      vi.unstubAllGlobals();
    }
    await eventually(() => expect(server.open).toBe(0));
  });
});

test('a session is forgotten once the next one has opened, however many there were', async () => {
  const sessions = new Remembered();
  const channels = fakeProtocol({
    open(context) {
      const count = context.previous ? sessions.count : 0;
      const session = { join() {}, leave() {}, push: () => context.send(`line ${count}`), receive() {} };
      sessions.add(session);
      return session;
    },
  });
  const connection = createConnection(url, { WebSocket: NotedWebSocket, channels });
  connection.connect();
  await connection.whenConnected();
  for (let count = 0; count < AT_ONCE; count++) {
    connection.reconnect();
    await connection.whenConnected();
  }
  await vi.waitFor(() => expect(sessions.alive()).toBeLessThanOrEqual(2));
  expect(sessions.count).toBe(AT_ONCE + 1);
  connection.dispose();
});
