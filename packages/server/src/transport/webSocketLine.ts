import { StringDecoder } from 'node:string_decoder';
import type { WebSocket } from 'ws';
import type { ServerContext } from '../session/context';
import type { Line } from '../session/session';

/** The longest close reason, in bytes (RFC 6455 section 5.5). */
const MAX_REASON = 123;

/** A session's line over a WebSocket of `ws`. */
export function webSocketLine(webSocket: WebSocket, { clock, limits }: Pick<ServerContext, 'clock' | 'limits'>): Line {
  return {
    get bufferedBytes() {
      return webSocket.bufferedAmount;
    },
    send(frame) {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(frame);
    },
    close(code, reason) {
      webSocket.close(code, cut(reason));
      // A peer that is frozen or hostile sends no half of its own.
      webSocket.once(
        'close',
        clock.setTimeout(() => webSocket.terminate(), limits.closeTimeout),
      );
    },
  };
}

/** By whole characters: a decoder holds back the half of one. */
const cut = (reason: string): string => new StringDecoder().write(Buffer.from(reason).subarray(0, MAX_REASON));
