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
 * An event has a name and a payload. Centrifugo's protocol knows only data: there an event is data of the shape
 * `{ event, payload }`, and nothing besides. In the envelope, data that is no event is one named `publication`.
 */
export interface Content {
  readonly event: string | undefined;
  /** The payload of an event, or the data. */
  readonly json: string;
}

/** The name, in the envelope, of what has none. */
export const UNNAMED = 'publication';

export interface Publication extends Content {
  readonly channel: string;
  /** Absent where the channel keeps no history. */
  readonly position: Position | undefined;
  /** Who published it; absent when the server did. */
  readonly publisher: Member | undefined;
}

/** @throws {TypeError} for what has no JSON: a cycle, a BigInt */
export function contentOf(data: unknown): Content {
  return isEvent(data) ? eventOf(data.event, data.payload) : { event: undefined, json: toJson(data) };
}

/** @throws {TypeError} for what has no JSON: a cycle, a BigInt */
export function eventOf(event: string, payload: unknown): Content {
  return { event: event === UNNAMED ? undefined : event, json: toJson(payload) };
}

/** As data of Centrifugo's protocol. */
export const dataJsonOf = ({ event, json }: Content): string =>
  event === undefined ? json : `{"event":${JSON.stringify(event)},"payload":${json}}`;

/** Only what comes out of it as it went in. */
function isEvent(data: unknown): data is { event: string; payload: unknown } {
  if (!isObject(data) || typeof data['event'] !== 'string') return false;
  return Object.keys(data).sort().join() === 'event,payload' && data['payload'] !== undefined;
}
