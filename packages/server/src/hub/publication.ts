import { isObject, toJson } from '../lib/json';

/** Where a channel's stream stands. Offsets grow by one; another epoch is another stream. */
export interface Position {
  readonly offset: number;
  readonly epoch: string;
}

/** One connection of somebody, as others see it. */
export interface Member {
  readonly user: string;
  /** The id of the connection. */
  readonly client: string;
  /** What was told of it when it connected. */
  readonly connInfo?: unknown;
  /** What was told of it when it subscribed. */
  readonly chanInfo?: unknown;
}

/**
 * What is published, as JSON: written once, whoever reads it in whatever format and however late.
 *
 * An event has a name and a payload. In Centrifugo's protocol, which knows only data, an event is data of the
 * shape `{ event, payload }`; in the envelope, data that is no event is one named `publication`.
 */
export interface Content {
  readonly event: string | undefined;
  /** The payload of an event, or the data; `undefined` for an event without payload. */
  readonly json: string | undefined;
}

export interface Publication extends Content {
  readonly channel: string;
  /** Absent where the channel keeps no history. */
  readonly position: Position | undefined;
  /** Who published it; absent when the server did. */
  readonly publisher: Member | undefined;
}

/** @throws {TypeError} for what has no JSON: a cycle, a BigInt */
export function contentOf(data: unknown): Content {
  if (!isEvent(data)) return { event: undefined, json: toJson(data) };
  return eventOf(data.event, data.payload);
}

/** @throws {TypeError} for what has no JSON: a cycle, a BigInt */
export function eventOf(event: string, payload: unknown): Content {
  return { event, json: payload === undefined ? undefined : toJson(payload) };
}

/** As data of Centrifugo's protocol. */
export function dataJsonOf({ event, json }: Content): string {
  if (event === undefined) return json ?? 'null';
  const name = JSON.stringify(event);
  return json === undefined ? `{"event":${name}}` : `{"event":${name},"payload":${json}}`;
}

function isEvent(data: unknown): data is { event: string; payload?: unknown } {
  if (!isObject(data) || !Object.hasOwn(data, 'event') || typeof data['event'] !== 'string') return false;
  return Object.keys(data).every((key) => key === 'event' || key === 'payload');
}
