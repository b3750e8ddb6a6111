import type { Server } from 'node:net';
import type { HistoryOptions } from './hub/stream';
import type {
  CallRequest,
  ConnectRequest,
  Credentials,
  EventRequest,
  Permission,
  PublishRequest,
  SubscribeRequest,
} from './hooks';
import type { Given } from './lib/fill';
import type { Limits } from './limits';

type Awaitable<T> = T | Promise<T>;

/** What the channels of a name are like. A hook refuses by throwing a `Refusal`. */
export interface ChannelOptions {
  /**
   * Who may subscribe. `true` is the same as a permission without any particulars; `false` refuses.
   * Called again when a client refreshes its token for the channel.
   *
   * @default everybody who is connected
   */
  readonly authorize?: (request: SubscribeRequest) => Awaitable<Permission | boolean>;
  /**
   * Whether clients may publish that are subscribed to the channel: others never may. A function decides for each
   * publication. Server code always may.
   *
   * @default false
   */
  readonly publish?: boolean | ((request: PublishRequest) => Awaitable<boolean>);
  /**
   * What is kept, so that who was away for a moment misses nothing, and newcomers see what was said. `false` keeps
   * nothing.
   *
   * @default 100 publications, 1 MiB of them, for 5 minutes
   */
  readonly history?: Given<HistoryOptions> | false;
  /** Whether subscribers see who else is there, and who comes and goes. @default false */
  readonly presence?: boolean;
  /**
   * Events that subscribers send to the server alone, by name: not published but handled. What is
   * returned is the reply; clients that speak Centrifugo's protocol learn only that it was done.
   *
   * @default none
   */
  readonly events?: Readonly<Record<string, (request: EventRequest) => unknown>>;
}

/** All durations in milliseconds. */
export interface ChannelServerOptions {
  /** The HTTP or HTTPS server to live on, with whatever else it serves. Either this or `port`. */
  readonly server?: Server;
  /** The TCP port of an HTTP server of its own; 0 takes any that is free. Either this or `server`. */
  readonly port?: number;
  /** The address to listen on, with `port`. @default all */
  readonly host?: string;
  /** The path that WebSockets are opened at. Requests for others are left to whoever else listens. @default '/connection/websocket' */
  readonly path?: string;
  /**
   * Who may connect, and who they are. `null` refuses for good; a thrown `Refusal` says why. Called again when a
   * client refreshes its token.
   *
   * @default everybody, anonymously
   */
  readonly authorize?: (request: ConnectRequest) => Awaitable<Credentials | null>;
  /**
   * Which channels there are: by name, or by prefix (`'room:*'`; `'*'` is every name). The longest that fits counts.
   *
   * @default { '*': {} }
   */
  readonly channels?: Readonly<Record<string, ChannelOptions>>;
  /** What clients may call, by name. What is returned is the reply. @default nothing */
  readonly rpc?: Readonly<Record<string, (request: CallRequest) => unknown>>;
  /**
   * Pages of which origins may connect. Browsers tell it truthfully and everything else can lie, so this keeps other
   * sites from acting in the name of a visitor with a cookie; it does not replace `authorize`.
   *
   * @default those of the host that was asked for, and programs that send no Origin header
   */
  readonly origins?: readonly string[] | '*' | ((origin: string, request: ConnectRequest['headers']) => boolean);
  /** Whether messages are compressed: costs memory for each client, and time for each message. @default false */
  readonly compression?: boolean;
  /** What clients may cost. */
  readonly limits?: Given<Limits>;
  /** Told of what hooks throw that is no `Refusal`. What it throws itself is printed. @default prints it */
  readonly onError?: (error: unknown) => Awaitable<void>;
}
