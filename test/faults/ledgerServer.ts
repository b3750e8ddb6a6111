import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannelServer, type ChannelServer, type ChannelServerOptions } from '@tautline/server';
import type { Book } from './ledgerBook';

/** Whose book is to be kept. */
type BookOf = (user: string) => Book | undefined;

/** The embedded server, with what it gets written into the books; restarted, it has forgotten all. */
export class LedgerServer {
  readonly #options: Partial<ChannelServerOptions>;
  #http = createServer();
  #channels: ChannelServer;
  #published = 0;

  /** @param historySize With a short one, some gaps cannot be closed. */
  constructor(historySize: number, bookOf: BookOf) {
    this.#options = optionsOf(historySize, bookOf);
    this.#channels = createChannelServer({ server: this.#http, ...this.#options });
  }

  get channels(): ChannelServer {
    return this.#channels;
  }

  /** How many publications there have been. */
  get published(): number {
    return this.#published;
  }

  publish(): void {
    this.#channels.publish('room', ++this.#published, { event: 'said' });
  }

  /** Returns the port, of 127.0.0.1. */
  async listen(port = 0): Promise<number> {
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
    return (this.#http.address() as AddressInfo).port; // of a TCP server
  }

  async restart(): Promise<void> {
    const { port } = this.#http.address() as AddressInfo; // of a TCP server
    await this.stop();
    this.#http = createServer();
    this.#channels = createChannelServer({ server: this.#http, ...this.#options });
    await this.listen(port);
  }

  async stop(): Promise<void> {
    await this.#channels.close({ timeout: 50 });
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }
}

function optionsOf(size: number, bookOf: BookOf): Partial<ChannelServerOptions> {
  return {
    authorize: ({ token }) => ({ user: token }),
    channels: {
      room: { history: { size } },
      'talk:*': {
        publish({ client, payload }) {
          bookOf(client.user)?.sendingArrived((payload as { eventNumber: number }).eventNumber); // as clients send it
          return true;
        },
      },
    },
    rpc: {
      note({ client, data }) {
        bookOf(client.user)?.noteArrived((data as { noteNumber: number }).noteNumber); // as clients send it
      },
    },
    limits: { pingInterval: 100, pongTimeout: 100, messageBurst: 100_000 },
  };
}
