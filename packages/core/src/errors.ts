import { textOf } from './lib/textOf';
import type { CloseVerdict } from './wire/closeVerdict';

/**
 * Every error Tautline creates: the closed list of codes, and what to do about each. `docs/errors.md`
 * says more.
 *
 * Only mistakes of the program are thrown (a bad option, use after `dispose`). Whatever the network
 * does is a state, an event or a result.
 */
const REMEDIES = {
  'attempts-exhausted':
    'See `cause` for the last failure. `connect()` starts again; `reconnect.maxAttempts` sets the limit.',
  'buffer-overflow':
    'Read faster, or raise `maxBuffered`. Of a channel: let the server answer a join before it sends events.',
  'channel-ended': 'See `reason` and the log of the server. Retaining the channel again joins again.',
  'channel-left': 'Send it again once joined.',
  'channel-refused':
    'See `reason`: what the server said. Retaining the channel again tries again; `params` may be a function, for a fresh token.',
  'connect-timeout': 'Check the server, the providers and `handshake`, or raise `connectTimeout`.',
  'connection-closed': 'Look the close code up in the server log; `closeCodes` decides whether to retry on it.',
  disposed: 'Make another connection with `createConnection`.',
  dropped: 'Send it again once connected.',
  'handshake-rejected':
    'See `cause`. `handshake` runs again with the next attempt; throw `StopReconnecting` to give up.',
  'heartbeat-timeout': 'Nothing if the network went away. Else check that the server answers `heartbeat.message`.',
  'idle-timeout':
    'Nothing if the network went away. Else check that the server sends something more often than `idleTimeout`.',
  'invalid-message': 'See `cause`, and compare the message with `codec` and `schema`.',
  'invalid-option': 'Write what the message asks for.',
  'no-channels':
    'Give `createConnection` the option `channels`: `envelope()`, `phoenix()`, `centrifugo()` or `pusher()`.',
  'no-provider': 'Wrap the component in a `ConnectionProvider` (React) or call `provideConnection` above it (Vue).',
  'provider-rejected': 'See `cause`. Providers run again with the next attempt; throw `StopReconnecting` to give up.',
  'queue-full': 'Send less while the line is down, or raise `queue.maxMessages` or `queue.maxBytes`.',
  'reconnect-stopped': 'Remove what stopped it (sign in again, say), then call `connect()`.',
  'send-refused': 'See `reason`: what the server said.',
  'socket-failed':
    'Check the URL, and see the log of the server: whether it runs, and whether it refuses the handshake.',
  timeout: 'Check that the server answers and that `match` recognises the answer, or raise `timeout`.',
} as const;

export type TautlineErrorCode = keyof typeof REMEDIES;

/** What happened (`message`), which kind it is (`code`) and what to do about it (`remedy`). */
export class TautlineError extends Error {
  declare readonly code: TautlineErrorCode;
  /** The whole advice in development; where to find it in production, which saves its bytes. */
  declare readonly remedy: string;

  constructor(code: TautlineErrorCode, message: string, cause?: unknown) {
    super(textOf(message), { cause }); // some are the words of a server, whatever those are
    this.name = 'TautlineError';
    this.code = code;
    this.remedy = `See ${code} in Tautline's docs/errors.md.`;
    try {
      if (process.env.NODE_ENV !== 'production') this.remedy = REMEDIES[code];
    } catch {
      // Neither a bundler nor Node: production.
    }
  }
}

/** An option, URL or argument that cannot work. Thrown at once, before anything is opened. */
export class InvalidOptionError extends TautlineError {
  declare readonly option: string;

  constructor(option: string, value: unknown, expected: string) {
    super('invalid-option', `\`${option}\` is ${textOf(value)}; it must be ${expected}.`);
    this.name = 'InvalidOptionError';
    this.option = option;
  }
}

/**
 * Throw it from a `url` or `protocols` provider or from `handshake` to stop trying:
 * the status becomes `failed` with this error, until `connect()` is called.
 */
export class StopReconnecting extends TautlineError {
  readonly verdict = 'stop';

  constructor(message: string, cause?: unknown) {
    super('reconnect-stopped', message, cause);
    this.name = 'StopReconnecting';
  }
}

/** The connection ended before what was awaited could happen. */
export class ConnectionClosedError extends TautlineError {
  /** Close code of RFC 6455 section 7.4; 1006 when no close frame came. */
  declare readonly closeCode: number;
  /** Close reason the server gave; empty when none. */
  declare readonly reason: string;

  constructor(closeCode: number, reason = '') {
    super('connection-closed', `The connection closed: ${closeCode} ${reason}`.trim());
    this.name = 'ConnectionClosedError';
    this.closeCode = closeCode;
    this.reason = reason;
  }
}

/** A channel, or what was sent to it, did not get through: the server said no, or the membership ended. */
export class ChannelError extends TautlineError {
  /** What the server said, as the protocol delivers it; `undefined` when it was not the server. */
  declare readonly reason: unknown;

  constructor(code: TautlineErrorCode, message: string, reason?: unknown) {
    super(code, message, reason);
    this.name = 'ChannelError';
    this.reason = reason;
  }
}

/** Throw it from a function that authorises a channel, to say what is to become of the join. */
export class ChannelRefusal extends ChannelError {
  /** `retry`, with backoff; `reauth`: at once, once; `slow`; or `stop`. */
  readonly verdict: CloseVerdict;

  constructor(message: string, { verdict = 'stop', reason }: { verdict?: CloseVerdict; reason?: unknown } = {}) {
    super('channel-refused', message, reason);
    this.name = 'ChannelRefusal';
    this.verdict = verdict;
  }
}

/** What is to become of what failed like this: some errors say so. */
export const verdictOf = (thrown: unknown): CloseVerdict =>
  (Object(thrown) as { verdict?: CloseVerdict }).verdict ?? 'retry'; // anything can be thrown

/** The queue is full and `queue.overflow` is `'throw'`. */
export class QueueFullError extends TautlineError {
  constructor() {
    super('queue-full', 'The queue is full.');
    this.name = 'QueueFullError';
  }
}

/** No answer in time. */
export class TimeoutError extends TautlineError {
  /** @param timeout How long was waited, in milliseconds. */
  constructor(timeout: number) {
    super('timeout', `No answer within ${timeout} ms.`);
    this.name = 'TimeoutError';
  }
}
