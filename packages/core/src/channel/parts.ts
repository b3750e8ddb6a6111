import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { TautlineError } from '../errors';
import type { ChannelFact, ChannelPort } from '../session';
import type { Alarm } from './alarm';
import type { State } from './state';
import type { AnyChannel, PushOptions } from './types';

// What the channels of a connection are to each other: one hub; a member and an outbox for each channel.

/** The answer to a request. */
export type Outcome = Extract<ChannelFact, { type: 'reply' | 'refusal' }>;

/** Who asked for something. */
export interface Asker {
  answer(outcome: Outcome): void;
}

/** What a server says of one channel. */
export type TopicFact = Extract<ChannelFact, { topic: string }>;

/** A channel, as all share it who ask for the same topic and params. */
export type Shared = AnyChannel &
  Present & {
    schemas: Map<string, StandardSchemaV1> | undefined;
    readonly state: State;
    /** Somebody listens, or wants it. */
    readonly isNeeded: boolean;
    /** Itself, as of a `WeakRef`: who is kept by this is kept for good. */
    deref(): Shared | undefined;
  };

/** The channels of one connection: where what the server says finds whom it concerns. */
export interface Hub {
  readonly port: ChannelPort;
  /** Who waits for the answer to which request. */
  readonly askers: Map<number, Asker>;
  /** Who holds each topic, by its name on the wire. */
  readonly holders: Map<string, Membership>;
  /** The channel by this key, made if nobody has it any more. */
  share(key: string, make: () => Shared): Shared;
  /** By key. Who is needed stays; of others it is only remembered, at some time, who they were. */
  readonly channels: Map<string, Pick<Shared, 'deref'>>;
  /** Why there will be no line again; `null` as long as there may. */
  gone: TautlineError | null;
  /** What belongs to no channel; made by the first call. */
  calls: Outbox | undefined;
  /** Of the newest request; none is used again. */
  lastRef: number;
  readonly alarm: Alarm;
  /** Asks for the line, as many times as it is given back. */
  holdLine(): void;
  freeLine(): void;
}

/** Who needs the line. */
export interface Present {
  /** It is up, and takes what waits. Of a member also: the topic it waits for is free. */
  flush(): void;
  /** It was lost: what was sent will not be answered. */
  lose(error: TautlineError): void;
  /** It will not come again: what waits will not be sent. */
  abandon(error: TautlineError): void;
}

/** Who holds a topic. */
export interface Membership extends Present {
  /** What the server says of it. */
  hear(fact: TopicFact): void;
  /** Lets go of the topic if nobody wants it here any more; tells who waits for it once it is free. */
  yield(successor: Present): void;
}

/** What is to be sent and answered: in order, once it can be, each with a patience of its own. */
export interface Outbox extends Present {
  /** @param transmit Hands it to the session under this ref. What it throws is the rejection. */
  ask(transmit: (ref: number, isWanted: () => boolean) => void, options?: PushOptions): Promise<unknown>;
}
