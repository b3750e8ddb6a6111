import type { Codec } from '../../wire/codec';

/** A frame of the Pusher protocol, with `data` decoded. */
export interface PusherFrame {
  readonly event: string;
  readonly channel?: string | undefined;
  readonly data?: unknown;
}

/** JSON, and what comes from a server has JSON once more in `data`. */
export const pusherCodec: Codec<PusherFrame, PusherFrame> = {
  encode: (frame) => JSON.stringify(frame),
  decode(text) {
    const frame = JSON.parse(text as string) as PusherFrame | null; // throws for binary; the rest is looked at here
    if (typeof frame?.event !== 'string') throw new TypeError('No `event` in the frame.');
    return { ...frame, data: decodedOf(frame.data) };
  },
};

/** Some servers send objects as they are; and text that is no JSON is just text. */
function decodedOf(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
