import { StopReconnecting, verdictOf } from '../../errors';
import { MAX_DELAY, type Clock } from '../../lib/clock';
import { textOf } from '../../lib/textOf';
import type { CloseVerdict } from '../../wire/closeVerdict';
import { errorVerdict } from './verdicts';
import type { CentrifugoError, Expiry } from './wire';

export interface Renewal {
  readonly clock: Clock;
  /** Asks the app for another token. Without it there is nothing to do. */
  readonly provide: (() => unknown) | undefined;
  /** Hands it to the server. */
  send(token: unknown, answer: (expiry: Expiry, error?: CentrifugoError) => void): void;
  /** It failed for good: the app said so, or the server. */
  giveUp(message: string, cause: unknown): void;
}

/** After a failure: soon, and not at once. */
const AGAIN: Expiry = { expires: true, ttl: 6 };

/** Replaces a token before it expires, again and again. Returns what ends it. */
export function keepFresh(expiry: Expiry, { clock, provide, send, giveUp }: Renewal): () => void {
  let isOver = !provide;
  let cancel = () => {};

  const renewBefore = ({ expires, ttl = 0 }: Expiry) => {
    if (isOver || !expires) return;
    // Spread, so that those who connected together do not renew together. Some apps give a token again that is about to expire.
    const delay = Math.max(ttl, 1) * 1_000 * (0.8 + 0.15 * clock.random());
    cancel = clock.setTimeout(() => void renew(), Math.min(delay, MAX_DELAY));
  };
  const renew = async () => {
    try {
      const token = await provide?.();
      if (!token) throw new StopReconnecting('No token.'); // the server would close the line
      send(token, (renewed, error) => {
        if (error) failed(error, error.message, errorVerdict(error));
        else renewBefore(renewed);
      });
    } catch (thrown) {
      failed(thrown, textOf(thrown), verdictOf(thrown));
    }
  };
  const failed = (cause: unknown, message: string, verdict: CloseVerdict) => {
    if (verdict !== 'stop') renewBefore(AGAIN);
    else if (!isOver) giveUp(message, cause);
  };

  renewBefore(expiry);
  return () => {
    isOver = true;
    cancel();
  };
}
