import { InvalidOptionError } from '../errors';
import { byteLength } from '../lib/byteLength';
import type { CloseInfo } from '../types';
import type { CloseVerdict } from './closeVerdict';

/** Verdicts by close code. */
export type CloseCodes = Readonly<Record<number, CloseVerdict | undefined>>;

/**
 * Codes not named here are retried, 1000 from a server included: real servers send it when they
 * shut down, and only our own `disconnect` means "enough". The 44xx codes are HTTP's by analogy.
 *
 * @see https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number
 */
export const DEFAULT_CLOSE_CODES: CloseCodes = {
  1002: 'stop',
  1003: 'stop',
  1007: 'stop',
  1008: 'stop',
  1009: 'stop',
  1010: 'stop',
  1012: 'retry-now',
  1013: 'slow',
  4400: 'stop',
  4401: 'reauth',
  4403: 'stop',
  4404: 'stop',
  4429: 'slow',
};

/** No close frame came (RFC 6455 section 7.1.5). */
export const NO_CLOSE_FRAME = 1006;

/** The end of a socket of which nothing was heard. */
export const NOT_CLOSED: CloseInfo = { code: NO_CLOSE_FRAME, reason: '', wasClean: false };

/** What our side says when it gives up a socket it no longer trusts or needs. */
export const ABANDONED = 4408;

/**
 * Checks what `WebSocket.close` would refuse, before there is a socket to refuse it.
 *
 * @see https://websockets.spec.whatwg.org/#dom-websocket-close
 */
export function checkClose(code: number, reason: string): void {
  if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code < 5000)) {
    throw new InvalidOptionError('code', code, '1000, or an integer from 3000 to 4999');
  }
  if (byteLength(reason) > 123) throw new InvalidOptionError('reason', reason, 'at most 123 bytes of UTF-8');
}
