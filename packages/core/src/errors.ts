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
  'buffer-overflow': 'Read faster, or raise `maxBuffered`.',
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
  'no-provider': 'Wrap the component in a `ConnectionProvider` (React) or call `provideConnection` above it (Vue).',
  'provider-rejected': 'See `cause`. Providers run again with the next attempt; throw `StopReconnecting` to give up.',
  'queue-full': 'Send less while the line is down, or raise `queue.maxMessages` or `queue.maxBytes`.',
  'reconnect-stopped': 'Remove what stopped it (sign in again, say), then call `connect()`.',
  'socket-failed':
    'Check the URL, and see the log of the server: whether it runs, and whether it refuses the handshake.',
  timeout: 'Check that the server answers and that `match` recognises the answer, or raise `timeout`.',
} as const;

export type TautlineErrorCode = keyof typeof REMEDIES;

/** What happened (`message`), which kind it is (`code`) and what to do about it (`remedy`). */
export class TautlineError extends Error {
  readonly code: TautlineErrorCode;
  /** The whole advice in development; where to find it in production, which saves its bytes. */
  readonly remedy: string;

  constructor(code: TautlineErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
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
  readonly option: string;

  constructor(option: string, value: unknown, expected: string) {
    super('invalid-option', `\`${option}\` is ${String(value)}; it must be ${expected}.`);
    this.name = 'InvalidOptionError';
    this.option = option;
  }
}

/**
 * Throw it from a `url` or `protocols` provider or from `handshake` to stop trying:
 * the status becomes `failed` with this error, until `connect()` is called.
 */
export class StopReconnecting extends TautlineError {
  constructor(message: string, cause?: unknown) {
    super('reconnect-stopped', message, cause);
    this.name = 'StopReconnecting';
  }
}

/** The connection ended before what was awaited could happen. */
export class ConnectionClosedError extends TautlineError {
  /** Close code of RFC 6455 section 7.4; 1006 when no close frame came. */
  readonly closeCode: number;
  /** Close reason the server gave; empty when none. */
  readonly reason: string;

  constructor(closeCode: number, reason = '') {
    super('connection-closed', `The connection closed: ${closeCode} ${reason}`.trim());
    this.name = 'ConnectionClosedError';
    this.closeCode = closeCode;
    this.reason = reason;
  }
}

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
