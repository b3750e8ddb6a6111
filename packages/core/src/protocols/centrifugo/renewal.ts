import { MAX_DELAY, type Clock } from '../../lib/clock';
import { textOf } from '../../lib/textOf';
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

/** Between two renewals, at least, in milliseconds: one failed, or the app gave a token again that is about to expire. */
const PAUSE = 5_000;

/** Replaces a token before it expires, again and again. Returns what ends it. */
export function keepFresh(expiry: Expiry, { clock, provide, send, giveUp }: Renewal): () => void {
  let isOver = !provide;
  let cancel = () => {};

  const renewed = ({ expires, ttl = 0 }: Expiry, error?: CentrifugoError) => {
    if (isOver) return;
    if (error && errorVerdict(error) === 'stop') giveUp(error.message, error);
    else if (error || expires) {
      // Before it expires, and spread, so that those who connected together do not renew together.
      const delay = Math.max(ttl * 1_000, PAUSE) * (0.8 + 0.15 * clock.random());
      cancel = clock.setTimeout(() => void renew(), Math.min(delay, MAX_DELAY));
    }
  };
  const renew = async () => {
    try {
      send(await provide?.(), renewed);
    } catch (thrown) {
      if (isStop(thrown)) giveUp(textOf(thrown), thrown);
      else renewed({ expires: true });
    }
  };

  renewed(expiry);
  return () => {
    isOver = true;
    cancel();
  };
}

/** `StopReconnecting`, or a `ChannelRefusal` that says stop. */
function isStop(thrown: unknown): boolean {
  const { code, verdict } = Object(thrown) as { code?: unknown; verdict?: unknown }; // anything can be thrown
  return code === 'reconnect-stopped' || verdict === 'stop';
}
