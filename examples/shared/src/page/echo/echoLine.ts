import { createConnection, request, type Connection } from '@tautline/core';
import { EchoTracker } from '../line/trackEcho';
import { LineWatch, type WatchedLine } from '../line/watchedLine';
import { formatCount, formatSize } from '../format';
import type { EchoLog } from './echoLog';
import type { Latencies } from './latencies';

/** What a line to play with is made of. */
export interface EchoSettings {
  readonly url: string;
  /** Subprotocols to offer, in order of preference, with commas between them. */
  readonly protocols: string;
  /** How often to ask whether the server is there, in milliseconds; 0: never. */
  readonly heartbeat: number;
}

/** Where a line writes down what happens to it. */
export interface EchoRecords {
  readonly log: EchoLog;
  readonly latencies: Latencies;
}

/** A line, and what only its socket knows. */
export interface EchoLine {
  readonly settings: EchoSettings;
  /** Of this page's lines, from 1. */
  readonly number: number;
  readonly connection: Connection;
  /** For the dock. */
  readonly watched: WatchedLine;
  readSocket(): SocketFacts;
  /**
   * Sends something and waits until it comes back.
   *
   * @throws {TautlineError} when it does not
   */
  ping(): Promise<void>;
}

/** What the standard's `WebSocket` tells beyond a connection's snapshot. */
export interface SocketFacts {
  readonly extensions: string;
  readonly bufferedAmount: number;
}

let lines = 0;

/** Any echo server sends it back, so it is both ping and pong. */
const HEARTBEAT = 'tautline:heartbeat';

/**
 * A line that tells everything it does.
 *
 * @throws {InvalidOptionError} for a URL or a subprotocol that cannot work
 */
export function createEchoLine(settings: EchoSettings, { log, latencies }: EchoRecords): EchoLine {
  const { url, protocols, heartbeat } = settings;
  const tracker: EchoTracker = new EchoTracker(() => connection);
  const dock = new LineWatch().hear(log.add).hear(tracker.record);
  let socket: WebSocket | null = null;

  class ObservedWebSocket extends dock.options.WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols);
      // eslint-disable-next-line @typescript-eslint/no-this-alias -- the connection does not hand its socket out
      socket = this;
    }
  }

  const connection: Connection = createConnection(url, {
    ...dock.options, // for the dock: what it shows of the line and does to it
    protocols: listOf(protocols),
    heartbeat: heartbeat > 0 && {
      interval: heartbeat,
      timeout: 3_000,
      message: HEARTBEAT,
      isPong: (message) => message === HEARTBEAT,
    },
    // Asked at every close; this answer leaves each verdict as it is.
    shouldReconnect({ code }, { verdict }) {
      log.judge(code, verdict);
      return verdict !== 'stop';
    },
    WebSocket: ObservedWebSocket,
  });

  let { latency } = connection.getSnapshot();
  connection.subscribe(() => {
    const before = latency;
    ({ latency } = connection.getSnapshot());
    if (latency !== null && latency !== before) latencies.add(latency);
  });

  let pings = 0;
  return {
    settings,
    number: ++lines,
    connection,
    watched: dock.over('Echo', connection, tracker),
    readSocket: () => ({ extensions: socket?.extensions ?? '', bufferedAmount: socket?.bufferedAmount ?? 0 }),
    async ping() {
      const message = `ping ${++pings}`;
      const sentAt = performance.now();
      await request(connection, message, { match: (answer) => answer === message, timeout: 5_000 });
      latencies.add(performance.now() - sentAt);
    },
  };
}

const listOf = (protocols: string): string[] =>
  protocols
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

/** What is true of a line now, by the names of the standard where it has them. */
export function factsOf({ connection, readSocket }: EchoLine): Readonly<Record<string, string>> {
  const { readyState, subprotocol } = connection.getSnapshot();
  const { extensions, bufferedAmount } = readSocket();
  const { size, bytes } = connection.queue;
  return {
    readyState: `${readyState} ${READY_STATES[readyState]}`,
    protocol: subprotocol || 'none',
    extensions: extensions || 'none',
    bufferedAmount: formatSize(bufferedAmount),
    queue: size === 0 ? 'empty' : `${formatCount(size)} waiting, ${formatSize(bytes)}`,
  };
}
