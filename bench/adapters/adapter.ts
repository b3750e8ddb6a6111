/** How a server speaks, and so which one a library is measured with. */
export type Dialect = 'plain' | 'envelope' | 'centrifugo' | 'phoenix' | 'pusher' | 'socket.io';

/**
 * A library, used the way its documentation says. Each part it has makes it take part in the measures that need it.
 * What it uses as `WebSocket` is the global one, where the library lets it.
 */
export interface Adapter {
  /** A line; every message of the room `room` (or of the socket, where there are no rooms) reaches `on.message`. */
  connect?(path: LinePath, on: LineEvents): Line;
  /** Many topics on one line. */
  channels?(path: TopicsPath, on: TopicEvents): Line;
  /** A component that shows the last message of a line, as the library gives it to components. */
  showLast?(stage: Stage, tally: Tally): void;
  /** One component for each of the first `stage.shown` topics, which shows the topic's last value. */
  showTiles?(stage: TileStage): void;
  /** `count` components that name the same URL. */
  showHooks?(stage: Stage, count: number): void;
}

export interface LinePath {
  readonly url: string;
  /** How often to ask whether the server is there, and how long to wait for its answer, in milliseconds. @default as the library has it */
  readonly heartbeat?: { readonly interval: number; readonly timeout: number } | undefined;
  /** How many messages must be able to wait while there is no line. @default as the library has it */
  readonly queued?: number | undefined;
}

export interface LineEvents {
  /** The line can be used. */
  open(): void;
  /** The room is joined, where there is one. */
  ready?(): void;
  message(text: string): void;
}

export interface Line {
  send(text: string): void;
  close(): void;
}

export interface TopicsPath extends LinePath {
  readonly topics: readonly string[];
}

export interface TopicEvents {
  /** All are joined. */
  joined(): void;
  value(topic: string, value: string): void;
}

/** Where a component lives in the page. */
export interface Stage {
  readonly root: HTMLElement;
  readonly url: string;
  /** To be called once messages would arrive. */
  ready(): void;
}

export interface TileStage extends Stage {
  readonly topics: readonly string[];
  readonly shown: number;
}

/** What a participant claims to have seen. */
export interface Tally {
  message(text: string): void;
  /** To be called in each render. */
  render(): void;
}

/** What the plain server says of a topic. */
export interface Update {
  readonly topic: string;
  readonly value: string;
}

/** The one that messages without a topic come by. */
export const ROOM = 'room';
