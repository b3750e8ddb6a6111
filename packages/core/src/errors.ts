/**
 * Every error Tautline creates, and the closed list of their codes. `docs/errors.md` explains each.
 *
 * Only mistakes of the program are thrown (a bad option, use after `dispose`). Whatever the network
 * does is a state, an event or a result.
 */
export type TautlineErrorCode =
  | 'attempts-exhausted'
  | 'buffer-overflow'
  | 'connect-timeout'
  | 'connection-closed'
  | 'disposed'
  | 'handshake-rejected'
  | 'heartbeat-timeout'
  | 'idle-timeout'
  | 'invalid-message'
  | 'invalid-option'
  | 'provider-rejected'
  | 'queue-full'
  | 'reconnect-stopped'
  | 'socket-failed'
  | 'timeout';

/** What happened (`message`), which kind it is (`code`) and what to do about it (`remedy`). */
export class TautlineError extends Error {
  override readonly name: string = 'TautlineError';

  constructor(
    readonly code: TautlineErrorCode,
    message: string,
    readonly remedy: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** An option, URL or argument that cannot work. Thrown at once, before anything is opened. */
export class InvalidOptionError extends TautlineError {
  override readonly name = 'InvalidOptionError';

  constructor(
    readonly option: string,
    readonly value: unknown,
    expected: string,
    cause?: unknown,
  ) {
    super('invalid-option', `\`${option}\` is invalid: ${show(value)}.`, `Write ${expected}.`, cause);
  }
}

/**
 * Throw it from a `url` or `protocols` provider or from `handshake` to stop trying:
 * the status becomes `failed` with this error, until `connect()` is called.
 */
export class StopReconnecting extends TautlineError {
  override readonly name = 'StopReconnecting';

  constructor(message: string, cause?: unknown) {
    super('reconnect-stopped', message, 'Remove what stopped it (sign in again, say), then call `connect()`.', cause);
  }
}

/** The connection ended before what was awaited could happen. */
export class ConnectionClosedError extends TautlineError {
  override readonly name = 'ConnectionClosedError';

  constructor(
    /** Close code of RFC 6455 section 7.4; 1006 when no close frame came. */
    readonly closeCode: number,
    /** Close reason the server gave; empty when none. */
    readonly reason = '',
  ) {
    super(
      'connection-closed',
      `The connection closed: ${closeCode}${reason && ` (${reason})`}.`,
      'Look the code up in the server log; `closeCodes` decides whether to retry on it.',
    );
  }
}

/** The queue is full and `queue.overflow` is `'throw'`. */
export class QueueFullError extends TautlineError {
  override readonly name = 'QueueFullError';

  constructor() {
    super('queue-full', 'The queue is full.', 'Send less while the line is down, or raise `queue.maxMessages` or `queue.maxBytes`.');
  }
}

/** No answer in time. */
export class TimeoutError extends TautlineError {
  override readonly name = 'TimeoutError';

  constructor(
    /** How long was waited, in milliseconds. */
    readonly timeout: number,
  ) {
    super('timeout', `No answer within ${timeout} ms.`, 'Check that the server answers and that `match` recognises the answer, or raise `timeout`.');
  }
}

const show = (value: unknown): string =>
  typeof value === 'function' ? 'a function' : typeof value === 'string' ? JSON.stringify(value) : String(value);
