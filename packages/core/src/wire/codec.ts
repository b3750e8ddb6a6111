import type { IncomingData, OutgoingData } from '../types';

/** Between messages and what the socket carries. Either side may throw: that is an `invalid` event. */
export interface Codec<In, Out> {
  encode(message: Out): OutgoingData;
  decode(data: IncomingData): In;
}

/** Passes text and binary through. The default. */
export const raw: Codec<IncomingData, OutgoingData> = {
  encode: (message) => message,
  decode: (data) => data,
};

/**
 * JSON in text frames. `In` is what the server is trusted to send; add a `schema` to have it checked.
 * Binary frames are `invalid`: JSON is text.
 */
export function json<In = unknown, Out = unknown>(): Codec<In, Out> {
  return {
    encode(message) {
      const text = JSON.stringify(message) as string | undefined; // undefined for undefined and functions
      if (text) return text;
      throw new TypeError('JSON has no such value.');
    },
    decode: (data) => JSON.parse(data as string) as In, // throws for binary; what it is otherwise, the caller promises and a schema checks
  };
}
