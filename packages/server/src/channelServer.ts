import { once } from 'node:events';
import { DISCONNECTS } from './disconnects';
import { contentOf, dataJsonOf, draftOf, eventDraft, type Member, type Position } from './hub/publication';
import type { HistoryQuery } from './hub/stream';
import { systemClock } from './lib/clock';
import type { ChannelServerOptions } from './options';
import type { ServerContext } from './session/context';
import { createContext } from './session/createContext';
import { httpHost, type HttpHost } from './transport/httpHost';
import { Sockets } from './transport/sockets';
import { takeUpgrades } from './transport/upgrades';

/** A publication of a channel's history. */
export interface HistoryEntry {
  readonly offset: number;
  /** `{ event, payload }` for an event. */
  readonly data: unknown;
  /** Who published it; `undefined` for the server. */
  readonly publisher: Member | undefined;
}

/** What a channel keeps. */
export interface ChannelHistory {
  /** Of the newest publication. */
  readonly position: Position;
  readonly publications: readonly HistoryEntry[];
}

/** Which of a user's connections is meant, and what they are told. */
export interface Target {
  /** The id of a connection. @default all of the user */
  readonly client?: string;
  /** See each method. */
  readonly code?: number;
  /** In words, for logs; what is longer than 123 bytes is cut. */
  readonly reason?: string;
}

/** Serves channels to WebSockets, in this one process. See docs/server.md. */
export class ChannelServer {
  readonly #context: ServerContext;
  readonly #sockets: Sockets;
  readonly #host: HttpHost;
  readonly #stopUpgrades: () => void;
  #isOpen = true;

  /** Use `createChannelServer`. */
  constructor(options: ChannelServerOptions) {
    const { path = '/connection/websocket', origins, compression = false } = options;
    this.#context = createContext(options, systemClock);
    this.#sockets = new Sockets(this.#context, compression);
    this.#host = httpHost(options, this.#context.limits);
    this.#stopUpgrades = takeUpgrades(this.#host.server, {
      path,
      origins,
      report: this.#context.report,
      accept: (request, socket, head) => this.#sockets.accept(request, socket, head),
      isOpen: () => this.#isOpen,
    });
  }

  /** Resolves with the TCP port once the HTTP server listens; rejects with what listening failed with. */
  async whenListening(): Promise<number> {
    const { server } = this.#host;
    if (!server.listening) await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0; // a Unix socket has none
  }

  /**
   * Publishes data, or an event with a name. Kept if the channel keeps history, and on its way to all subscribers
   * when this returns. Returns the position, if there is one. Does nothing once the server is closed.
   *
   * @throws {Refusal} for a channel that there is not (`unknown-channel`)
   * @throws {TypeError} for data that has no JSON: a cycle, a BigInt
   */
  publish(channel: string, data: unknown, { event }: { readonly event?: string } = {}): Position | undefined {
    const draft = event === undefined ? draftOf(data) : eventDraft(event, data);
    return this.#context.hub.publish(channel, contentOf(draft));
  }

  /**
   * Closes the lines of a user, the anonymous one (`''`) included, as `code` says: 3000 to 3499 and 4000 to
   * 4499 come back, others are final.
   *
   * @param target `code` is 3503 (`force disconnect`) by default.
   * @throws {RangeError} for a code that is no integer from 3000 to 4999
   */
  disconnect(user: string, target: Target = {}): void {
    const { client, code = DISCONNECTS.forceDisconnect.code, reason = DISCONNECTS.forceDisconnect.reason } = target;
    if (!(Number.isInteger(code) && code >= 3_000 && code < 5_000)) {
      throw new RangeError(`\`code\` is ${code}; it must be an integer from 3000 to 4999.`);
    }
    this.#context.roster.disconnect(user, { code, reason }, client);
  }

  /**
   * Ends a user's subscriptions to a channel.
   *
   * @param target `code` is 2000 by default, which is final. With 2500 or more the client subscribes again.
   */
  unsubscribe(user: string, channel: string, target: Target = {}): void {
    const { client, code = 2_000, reason = 'server unsubscribe' } = target;
    this.#context.roster.unsubscribe(user, channel, { code, reason, client });
  }

  /** Who is subscribed to a channel, one entry for each connection; also where clients do not see it. */
  presence(channel: string): readonly Member[] {
    return this.#context.hub.members(channel);
  }

  /**
   * What a channel keeps, all of it by default.
   *
   * @throws {Refusal} `unknown-channel`, `unrecoverable-position`, and `not-available` where no history is kept or once
   * the server is closed
   */
  history(channel: string, query: HistoryQuery = {}): ChannelHistory {
    const { position, publications } = this.#context.hub.history(channel, { limit: -1, ...query });
    const entries = publications.map((publication) => ({
      offset: publication.position?.offset ?? 0,
      data: JSON.parse(dataJsonOf(publication)) as unknown, // our own
      publisher: publication.publisher,
    }));
    return { position, publications: entries };
  }

  /**
   * Stops: takes no more connections, and asks those that are open to come back (1012, or 3001 in Centrifugo's
   * protocol), which they do spread out, each after a random wait of its own. Resolves when all are gone.
   *
   * @param timeout How long to wait for them, in milliseconds; then they are cut.
   */
  async close({ timeout = 5_000 }: { readonly timeout?: number } = {}): Promise<void> {
    this.#isOpen = false;
    this.#context.hub.dispose(); // or everybody would be told of everybody who leaves
    await this.#sockets.close(DISCONNECTS.shutdown, timeout);
    this.#stopUpgrades();
    await this.#host.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
