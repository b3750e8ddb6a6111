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

/** What is to be published, before it is JSON: a payload with the name of the event, or data without one. */
export interface Draft {
  readonly event: string | undefined;
  readonly payload: unknown;
}

/** Data, or the event that it has the shape of. */
export function draftOf(data: unknown): Draft {
  return isEvent(data) ? eventDraft(data.event, data.payload) : { event: undefined, payload: data };
}

/** An event; one that is named as if it had no name is what its payload is, and no way past those who ask for names. */
export function eventDraft(event: string, payload: unknown): Draft {
  return event === UNNAMED ? draftOf(payload) : { event, payload };
}

/** @throws {TypeError} for what has no JSON: a cycle, a BigInt */
export const contentOf = ({ event, payload }: Draft): Content => ({ event, json: toJson(payload) });

/** As data of Centrifugo's protocol. */
export const dataJsonOf = ({ event, json }: Content): string =>
  event === undefined ? json : `{"event":${JSON.stringify(event)},"payload":${json}}`;

/** Only what comes out of it as it went in. */
function isEvent(data: unknown): data is { event: string; payload: unknown } {
  if (!isObject(data) || typeof data['event'] !== 'string') return false;
  return Object.keys(data).sort().join() === 'event,payload' && data['payload'] !== undefined;
}
