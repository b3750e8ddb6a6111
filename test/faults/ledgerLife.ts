import { vi } from 'vitest';
import { Chance } from '../simulation/chance';
import { LedgerClient, PATIENCE } from './ledgerClient';
import { nextFault } from './ledgerFaults';
import { LedgerServer } from './ledgerServer';

/** How many faults befall the clients of one seed. */
export const FAULTS = 100;

const FORMATS = ['envelope', 'centrifugo', 'envelope', 'centrifugo'] as const;

/** Four clients, the embedded server, real sockets between them that fail all the time, and one seed for what goes wrong. */
export class Life {
  readonly trace: string[] = [];
  clients: readonly LedgerClient[] = [];
  readonly #chance: Chance;
  readonly #server: LedgerServer;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    const bookOf = (user: string) => this.clients.find((client) => client.user === user)?.book;
    this.#server = new LedgerServer(this.#chance.pick([4, 12, 200]), bookOf);
  }

  /** Lives to the end. Returns what went wrong. */
  async live(): Promise<readonly string[]> {
    const port = await this.#server.listen();
    try {
      for (const [at, format] of FORMATS.entries()) {
        const client = await LedgerClient.start(port, { user: `user-${at}`, format, chance: this.#chance });
        this.clients = [...this.clients, client];
      }
      for (let left = FAULTS; left > 0; left--) await this.#step();
      for (const client of this.clients) await client.heal();
      await this.#settle();
      this.#close();
    } finally {
      for (const client of this.clients) await client.end();
      await this.#server.stop();
    }
    return this.clients.flatMap(({ user, book }) => book.problems.map((problem) => `${user}: ${problem}`));
  }

  /** Everybody is busy, and something goes wrong. */
  async #step(): Promise<void> {
    const chance = this.#chance;
    for (let left = chance.between(0, 6); left > 0; left--) this.#server.publish();
    for (let left = chance.between(0, 4); left > 0; left--) chance.pick(this.clients).sendNote();
    for (let left = chance.between(0, 2); left > 0; left--) chance.pick(this.clients).sendEvent();
    await new Promise(setImmediate); // some of it is on its way, and some is not
    const client = chance.pick(this.clients);
    const fault = nextFault(chance);
    this.trace.push(`${client.user} ${fault.name}, after ${this.#server.published} publications`);
    await fault.befall(client, this.#server);
    if (chance.is(0.3)) await this.#breathe(chance.pick(this.clients));
  }

  /** A client that can be reached comes back. */
  async #breathe(client: LedgerClient): Promise<void> {
    this.trace.push(`${client.user} breathes`);
    await client.proxy.accept();
    await client.joined();
  }

  /** Everybody hears the last, has nothing waiting, and what their line took is at the server. */
  async #settle(): Promise<void> {
    const { published } = this.#server;
    this.#server.publish();
    const isSettled = ({ book, connection, socket }: LedgerClient) =>
      book.last > published &&
      !connection.queue.size &&
      !book.missingOn(socket).length &&
      [...book.sendings.values()].every(({ outcome }) => outcome !== 'pending');
    const patience = { timeout: PATIENCE, interval: 20 };
    await vi.waitUntil(() => this.clients.every(isSettled), patience).catch(() => {});
    for (const client of this.clients.filter((each) => !isSettled(each))) {
      const { book, connection, socket } = client;
      const missing = `${connection.queue.size} notes wait, and ${book.missingOn(socket).join() || 'none'} are lost`;
      book.problem(`does not settle: heard ${book.last} of ${published + 1}; ${missing}`);
    }
  }

  /** What still waits when a connection is disposed is reported, too. */
  #close(): void {
    for (const client of this.clients) {
      const { connection, book } = client;
      connection.disconnect();
      for (let left = 3; left > 0; left--) client.sendNote();
      connection.dispose();
      if (book.waiting) book.problem(`${book.waiting} notes are neither sent nor reported`);
    }
  }
}
