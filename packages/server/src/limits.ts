import { fill, type Given } from './lib/fill';

/** What clients may cost. Durations in milliseconds, sizes in bytes. */
export interface Limits {
  /** How long one WebSocket message from a client may be, in bytes; longer closes with 1009. @default 65_536 */
  readonly maxPayload: number;
  /**
   * How long a client may take to be connected, in milliseconds; then it is closed with 3502, or with 3004 when it is
   * `authorize` that has not answered.
   *
   * @default 10_000
   */
  readonly handshakeTimeout: number;
  /** How often the server pings, in milliseconds. Keep it below the idle timeouts of proxies. @default 25_000 */
  readonly pingInterval: number;
  /** How long to wait for anything after a ping, in milliseconds; then the client is closed with 3012. @default 10_000 */
  readonly pongTimeout: number;
  /**
   * How many commands a client may send each second on average, and how many at once after a rest: one that comes
   * back subscribes to all its channels in one go. Above that it is closed with 3013, and may come back.
   *
   * @default 100
   */
  readonly messagesPerSecond: number;
  /** @default 1_000 */
  readonly messageBurst: number;
  /**
   * How many commands of a client may wait for hooks, or until it is known who it is. All of them together may be 16
   * times `maxPayload` long. More close it with 3013.
   *
   * @default 1_000
   */
  readonly pendingCommands: number;
  /** How many channels a client may be subscribed to; more are refused with error 106. @default 128 */
  readonly channelsPerClient: number;
  /** How long a channel's name may be, in UTF-16 units; longer is refused with error 107. @default 255 */
  readonly channelNameLength: number;
  /** How many bytes may wait to be sent to a client that does not read fast enough. @default 1_048_576 */
  readonly maxBufferedBytes: number;
  /**
   * For how long a client may be above `maxBufferedBytes`, in milliseconds; then it is closed with 3008. It comes
   * back and recovers. Above 16 times that it is closed at once.
   *
   * @default 2_000
   */
  readonly slowTimeout: number;
  /** How long after its token expired a client may still bring a new one, in milliseconds; then it is closed with 3005. @default 25_000 */
  readonly expiryGrace: number;
  /** How long to wait for the peer's half of the closing handshake, in milliseconds; then the socket is cut. @default 2_000 */
  readonly closeTimeout: number;
  /**
   * How many bytes of publications all channels may keep together. Above that, channels that nobody is subscribed to
   * are forgotten, the longest left first; when there are none, a channel in which something is published keeps less.
   *
   * @default 268_435_456
   */
  readonly maxKeptBytes: number;
  /**
   * How many channels that nobody is subscribed to are remembered for the `age` of their history; with more of them,
   * the longest left is forgotten.
   *
   * @default 10_000
   */
  readonly maxIdleChannels: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxPayload: 65_536,
  handshakeTimeout: 10_000,
  pingInterval: 25_000,
  pongTimeout: 10_000,
  messagesPerSecond: 100,
  messageBurst: 1_000,
  pendingCommands: 1_000,
  channelsPerClient: 128,
  channelNameLength: 255,
  maxBufferedBytes: 1_048_576,
  slowTimeout: 2_000,
  expiryGrace: 25_000,
  closeTimeout: 2_000,
  maxKeptBytes: 268_435_456,
  maxIdleChannels: 10_000,
};

/** @throws {RangeError} a limit that is no number of at least 0 */
export function limitsOf(given: Given<Limits> = {}): Limits {
  const limits = fill(DEFAULT_LIMITS, given);
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value === 'number' && value >= 0) continue;
    throw new RangeError(`\`limits.${name}\` is ${String(value)}; it must be a number of at least 0.`);
  }
  return limits;
}
