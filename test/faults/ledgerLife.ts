import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannelServer, type ChannelServer } from '@tautline/server';
import { vi } from 'vitest';
import { Chance } from '../simulation/chance';
import { PATIENCE, startClient, type LedgerClient } from './ledgerClient';

/** How many faults befall the clients of one seed. */
export const FAULTS = 100;

const FORMATS = ['envelope', 'centrifugo', 'envelope', 'centrifugo'] as const;

type Fault = (client: LedgerClient, life: Life) => unknown;

const eachPath = ({ proxy }: LedgerClient, act: (path: LedgerClient['proxy']['paths'][number]) => void) =>
  proxy.paths.forEach(act);

/** What goes wrong, and how often. */
const FAULT_KINDS: readonly (readonly [weight: number, name: string, fault: Fault])[] = [
  [5, 'is cut', (client) => eachPath(client, (path) => path.cut())],
  [3, 'is frozen', (client) => eachPath(client, (path) => path.freeze())],
  [2, 'is frozen on the way up', (client) => eachPath(client, (path) => path.freeze('up'))],
  [2, 'is frozen on the way down', (client) => eachPath(client, (path) => path.freeze('down'))],
  [3, 'is thawed', (client) => eachPath(client, (path) => path.resume())],
  [
    2,
    'is half closed',
    (client, { chance }) => eachPath(client, (path) => path.halfClose(chance.pick(['up', 'down']))),
  ],
  [3, 'is slow', (client, { chance }) => eachPath(client, (path) => path.delay(chance.between(0, 40)))],
  [
    4,
    'stops in the middle of something',
    (client, { chance }) =>
      eachPath(client, (path) => void path.stopAfter(chance.between(0, 200), chance.pick(['up', 'down']))),
  ],
  [2, 'is refused', (client) => client.proxy.refuse()],
  [3, 'is accepted', (client) => client.proxy.accept()],
  [2, 'reconnects', ({ connection }) => connection.reconnect()],
  [
    1,
    'disconnects and connects',
    ({ connection }) => {
      connection.disconnect();
      connection.connect();
    },
  ],
  [2, 'is sent away', ({ user }, { server }) => server.disconnect(user, { code: 3_011 })],
  [3, 'is unsubscribed', ({ user }, { server }) => server.unsubscribe(user, 'room', { code: 2_500 })],
];

const TOTAL = FAULT_KINDS.reduce((sum, [weight]) => sum + weight, 0);

/** Four clients, the embedded server, real sockets between them that fail all the time, and one seed for what goes wrong. */
export class Life {
  readonly chance: Chance;
  readonly trace: string[] = [];
  clients: readonly LedgerClient[] = [];
  readonly server: ChannelServer;
  readonly #http = createServer();
  #published = 0;

  constructor(seed: number) {
    this.chance = new Chance(seed);
    this.server = createChannelServer({
      server: this.#http,
      authorize: ({ token }) => ({ user: token }),
      channels: {
        // Sometimes more is published than fits, so that some gaps cannot be closed.
        room: { history: { size: this.chance.pick([4, 12, 200]) } },
        'talk:*': {
          publish: ({ client, payload }) => {
            const { eventNumber } = payload as { eventNumber: number }; // as clients send it
            this.#bookOf(client.user)?.sendingArrived(eventNumber);
            return true;
          },
        },
      },
      rpc: {
        note: ({ client, data }) => this.#bookOf(client.user)?.noteArrived((data as { noteNumber: number }).noteNumber), // as clients send it
      },
      limits: { pingInterval: 100, pongTimeout: 100, messageBurst: 100_000 },
    });
  }

  /** Lives to the end. Returns what went wrong. */
  async live(): Promise<readonly string[]> {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
    const { port } = this.#http.address() as AddressInfo; // of a TCP server
    const { chance } = this;
    try {
      this.clients = await Promise.all(
        FORMATS.map((format, at) => startClient(port, `user-${at}`, { format, chance })),
      );
      await this.#allJoined();
      for (let left = FAULTS; left > 0; left--) await this.#step();
      await this.#heal();
      await this.#settle();
      return this.#close();
    } finally {
      await Promise.all(this.clients.map((client) => client.end()));
      await this.server.close({ timeout: 500 });
      this.#http.closeAllConnections();
      this.#http.close();
    }
  }

  async #step(): Promise<void> {
    const { chance } = this;
    for (let left = chance.between(0, 6); left > 0; left--) this.#publish();
    for (let left = chance.between(0, 4); left > 0; left--) chance.pick(this.clients).sendNote();
    for (let left = chance.between(0, 2); left > 0; left--) chance.pick(this.clients).sendEvent();
    await new Promise(setImmediate); // some of it is on its way, and some is not
    const client = chance.pick(this.clients);
    let left = chance.between(1, TOTAL);
    const [, name, fault] = FAULT_KINDS.find(([weight]) => (left -= weight) <= 0) ?? [];
    this.trace.push(`${client.user} ${name}, after ${this.#published} publications`);
    await fault?.(client, this);
    if (chance.is(0.3)) await this.#breathe(chance.pick(this.clients));
  }

  /** Nothing is in a client's way, until it is back. */
  async #breathe(client: LedgerClient): Promise<void> {
    this.trace.push(`${client.user} breathes`);
    await client.proxy.accept();
    await client.joined();
  }

  #publish(): void {
    this.server.publish('room', ++this.#published, { event: 'said' });
  }

  /** Everybody gets a new line that nothing is wrong with. */
  async #heal(): Promise<void> {
    for (const client of this.clients) {
      const { connection, proxy } = client;
      await proxy.accept();
      const isUp = connection.getSnapshot().status === 'connected';
      const gone = isUp && new Promise<void>((resolve) => connection.on('disconnected', () => resolve()));
      eachPath(client, (path) => path.cut());
      await gone;
    }
    await this.#allJoined();
  }

  #allJoined(): Promise<unknown> {
    return Promise.all(this.clients.map((client) => client.joined()));
  }

  /** Whoever is joined hears the last, has nothing waiting, and what its line took is at the server. */
  async #settle(): Promise<void> {
    this.#publish();
    const isSettled = ({ book, connection, socket }: LedgerClient) =>
      book.last === this.#published &&
      !connection.queue.size &&
      !book.missingOn(socket).length &&
      [...book.sendings.values()].every(({ outcome }) => outcome !== 'pending');
    const patience = { timeout: PATIENCE, interval: 20 };
    await vi.waitUntil(() => this.clients.every(isSettled), patience).catch(() => {});
    for (const client of this.clients.filter((each) => !isSettled(each))) {
      const { book, connection, socket } = client;
      const missing = `of its notes ${connection.queue.size} wait, and ${book.missingOn(socket).join() || 'none'} are lost`;
      book.problems.push(`does not settle: heard ${book.last} of ${this.#published}; ${missing}`);
    }
  }

  /** What still waits when a connection is disposed is reported, too. */
  #close(): readonly string[] {
    for (const { connection, sendNote } of this.clients) {
      connection.disconnect();
      for (let left = 3; left > 0; left--) sendNote();
      connection.dispose();
    }
    return this.clients.flatMap(({ user, book }) => {
      if (book.waiting) book.problems.push(`${book.waiting} notes are neither sent nor reported`);
      return book.problems.map((problem) => `${user}: ${problem}`);
    });
  }

  #bookOf(user: string) {
    return this.clients.find((client) => client.user === user)?.book;
  }
}
