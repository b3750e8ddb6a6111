import type { Disconnect } from '../disconnects';
import type { Format } from '../hooks';
import type { Entry } from '../hub/channel';
import type { HistoryPage } from '../hub/hub';
import type { Content, Member, Position, Publication } from '../hub/publication';
import type { HistoryQuery } from '../hub/stream';
import type { Refusal } from '../refusal';

interface Answered {
  /** Repeated by the answer. */
  readonly id: number;
}

interface OfChannel extends Answered {
  readonly channel: string;
}

export interface ConnectCommand extends Answered {
  readonly type: 'connect';
  readonly token: string;
  readonly data: unknown;
  /** Where to go on with server-side subscriptions. */
  readonly positions: ReadonlyMap<string, Position>;
}

export interface SubscribeCommand extends OfChannel {
  readonly type: 'subscribe';
  readonly token: string;
  readonly data: unknown;
  readonly position: Position | undefined;
  /** Whether to tell who comes and goes. */
  readonly joinLeave: boolean;
}

export interface PublishCommand extends OfChannel {
  readonly type: 'publish';
  readonly content: Content;
  readonly payload: unknown;
}

/** What a client asks for, whatever the format. */
export type Request =
  | ConnectCommand
  | SubscribeCommand
  | PublishCommand
  | (OfChannel & { readonly type: 'unsubscribe' })
  | (OfChannel & { readonly type: 'presence' })
  | (OfChannel & { readonly type: 'presence-stats' })
  | (OfChannel & { readonly type: 'history'; readonly query: HistoryQuery })
  | (OfChannel & { readonly type: 'refresh-subscription'; readonly token: string })
  | (Answered & { readonly type: 'refresh'; readonly token: string })
  | (Answered & {
      readonly type: 'call';
      readonly method: string;
      readonly data: unknown;
      readonly channel: string | undefined;
    })
  /** Makes no sense, and can be answered so. */
  | (Answered & { readonly type: 'invalid'; readonly refusal: Refusal })
  /** `ignored`: a message that is not answered and that nobody here listens to. */
  | { readonly type: 'ping' | 'pong' | 'ignored' };

/** A request as it came. */
export type Command = Request & {
  /** Of its text, in UTF-16 units. */
  readonly length: number;
};

export type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** What a client has that is connected. */
export interface Welcome {
  readonly client: string;
  readonly data: unknown;
  /** How long the credentials hold, in milliseconds. */
  readonly ttl: number | undefined;
  /** How often the server pings, in milliseconds; `Infinity` is never. */
  readonly pingInterval: number;
  readonly subscriptions: ReadonlyMap<string, Subscribed>;
}

/** What a client has that is subscribed. */
export interface Subscribed extends Entry {
  readonly data: unknown;
  /** How long the permission holds, in milliseconds. */
  readonly ttl: number | undefined;
  /** Everybody who is there, where the channel shows it. */
  readonly members: readonly Member[] | undefined;
}

export type Answer =
  | { readonly type: 'unsubscribe' }
  | { readonly type: 'publish'; readonly data?: unknown }
  | { readonly type: 'call'; readonly data: unknown }
  | { readonly type: 'presence' | 'presence-stats'; readonly members: readonly Member[] }
  | ({ readonly type: 'history' } & HistoryPage)
  | { readonly type: 'refresh' | 'refresh-subscription'; readonly ttl: number | undefined };

/** Why a subscription was ended by the server. */
export interface Unsubscribe {
  /** Of Centrifugo's protocol: from 2500 on the client subscribes again, below that it is final. */
  readonly code: number;
  readonly reason: string;
}

/** Whether the client subscribes again. */
export const comesBack = ({ code }: Unsubscribe): boolean => code >= 2_500;

/** A format: frames to commands, and what there is to say to frames. No state. */
export interface Wire {
  readonly format: Format;
  /** Whether a client may begin without `connect`: it is anonymous then. */
  readonly connectsImplicitly: boolean;
  /** Whether a client can bring a new token while connected. */
  readonly refreshes: boolean;
  /** Whether a client can be told of subscriptions that it did not ask for. */
  readonly serverSubscriptions: boolean;
  readonly ping: string;
  readonly pong: string;
  /** The commands of a frame in order; `null` for one that no client would send. May throw for the same reason. */
  decode(frame: string): readonly Command[] | null;
  closeOf(disconnect: Disconnect): Disconnect;
  refused(id: number, refusal: Refusal): string;
  connected(id: number, welcome: Welcome): string;
  subscribed(id: number, channel: string, subscribed: Subscribed): readonly string[];
  answered(id: number, answer: Answer): string;
  published(publication: Publication): string;
  /** A member is of one channel. */
  joined(member: Member, channel: string): string;
  left(member: Member, channel: string): string;
  unsubscribed(channel: string, why: Unsubscribe): string;
}
