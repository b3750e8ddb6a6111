import type { CloseInfo } from '../../types';
import type { CloseVerdict } from '../../wire/closeVerdict';
import type { CentrifugoError } from './wire';

/** The server asks to forget every position; that of one channel; it will not go on from a position. */
export const LINE_INVALIDATED = 3014;
export const CHANNEL_INVALIDATED = 2502;
export const UNRECOVERABLE = 112;

/** 100 is an internal error; codes below are made up by clients, for what went wrong on the way. */
export function errorVerdict({ code, temporary }: CentrifugoError): CloseVerdict {
  if (code === 111) return 'slow'; // too many requests
  if (code === 109 || code === 110) return 'reauth'; // the token has expired
  // 105, already subscribed: a subscription by the server crossed ours, and has arrived by then.
  return temporary || code <= 100 || code === 105 ? 'retry' : 'stop';
}

export const unsubscribeVerdict = (code: number): CloseVerdict => (code < 2500 ? 'stop' : 'retry');

const CLOSES = new Map<number, CloseVerdict>([
  [3001, 'retry-now'], // shutdown
  [3005, 'reauth'], // connection expired
  [3502, 'retry'], // stale: who connects was not said in time, and may be the next time
  [3013, 'slow'], // too many requests
]);

/** In each thousand, the server's (3000) and the app's (4000), the first half is to be retried and the second final. */
export const closeVerdict = ({ code }: Pick<CloseInfo, 'code'>): CloseVerdict | undefined =>
  CLOSES.get(code) ?? (code < 3000 || code > 4999 ? undefined : code % 1000 < 500 ? 'retry' : 'stop');
