import {
  createConnection,
  json,
  raw,
  type Codec,
  type ConnectionOptions,
  type ConnectionSnapshot,
  type Environment,
  type IncomingData,
  type OutgoingData,
  type TautlineErrorCode,
  type WebSocketConstructor,
  type WebSocketLike,
} from '@tautline/core';

/** A connection under test, in plain data, so that it can be sent into a page. Durations in milliseconds. */
export interface Setting {
  readonly url: string;
  /** What the provider does in the first attempts, before it answers with `url`. */
  readonly excuses?: readonly Excuse[];
  readonly heartbeat?: { readonly interval: number; readonly timeout: number };
  /** What chance says each time, in [0, 1): a wait is this share of its bound. @default chance */
  readonly chance?: number;
  readonly json?: boolean;
  readonly connectTimeout?: number;
  readonly reconnect?: Omit<Exclude<ConnectionOptions['reconnect'], boolean | undefined>, 'delay'>;
}

/** The provider rejects, never answers, or answers with what is no URL. */
export type Excuse = 'rejects' | 'hangs' | 'lies';

/** What is true of the connection, and what has become of it so far. */
export interface Report {
  readonly snapshot: Omit<ConnectionSnapshot, 'error'>;
  /** What its listeners heard, in order: `connected`, `message hello`, `error heartbeat-timeout`. */
  readonly heard: readonly string[];
  readonly errors: readonly { readonly code: TautlineErrorCode; readonly message: string }[];
  /** How long it was to wait before each retry. */
  readonly waits: readonly number[];
  /** How many it has made, and how many of them are connecting or open. */
  readonly sockets: number;
  readonly live: number;
}

export interface Line {
  report(): Report;
  connect(): void;
  send(message: string): void;
  dispose(): void;
}

/** Makes one, and writes down what becomes of it. It runs in Node as well as in a page. */
export function openLine(
  { url, excuses = [], heartbeat, chance, ...setting }: Setting,
  Socket: WebSocketConstructor,
  environment: Partial<Environment>,
): Line {
  const heard: string[] = [];
  const errors: { code: TautlineErrorCode; message: string }[] = [];
  const waits: number[] = [];
  const sockets: WebSocketLike[] = [];

  const connection = createConnection<IncomingData, OutgoingData>(excuses.length ? providerOf(url, excuses) : url, {
    connectTimeout: setting.connectTimeout,
    reconnect: setting.reconnect,
    codec: setting.json ? (json() as Codec<IncomingData, OutgoingData>) : raw, // whatever JSON holds is only written down
    heartbeat: heartbeat && { ...heartbeat, message: 'ping', isPong: (message) => message === 'ping' },
    lifecycle: { environment: chance === undefined ? environment : { ...environment, random: () => chance } },
    WebSocket: class extends Socket {
      constructor(address: string, protocols?: string[]) {
        super(address, protocols);
        sockets.push(this);
      }
    },
    inspect(record) {
      if (record.type !== 'transition' || record.to !== 'backoff' || record.from === 'backoff') return;
      const { retryAt } = record.snapshot;
      if (retryAt !== null) waits.push(retryAt - record.time);
    },
  });
  connection.on('connected', () => heard.push('connected'));
  connection.on('reconnected', () => heard.push('reconnected'));
  connection.on('disconnected', () => heard.push('disconnected'));
  connection.on('invalid', ({ direction }) => heard.push(`invalid ${direction}`));
  connection.on('message', (message) => heard.push(`message ${wordsFor(message)}`));
  connection.on('error', ({ code, message }) => {
    heard.push(`error ${code}`);
    errors.push({ code, message });
  });

  return {
    report() {
      const { error: _, ...snapshot } = connection.getSnapshot();
      return { snapshot, heard, errors, waits, sockets: sockets.length, live: sockets.filter(isLive).length };
    },
    connect: connection.connect,
    send: (message) => void connection.send(message),
    dispose: connection.dispose,
  };
}

const isLive = ({ readyState }: WebSocketLike) => readyState < 2;

const wordsFor = (message: unknown) => {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  return text.length > 100 ? `of ${text.length} characters` : text;
};

function providerOf(url: string, excuses: readonly Excuse[]) {
  const left = [...excuses];
  return (): string | Promise<string> => {
    switch (left.shift()) {
      case 'rejects':
        return Promise.reject(new Error('no ticket'));
      case 'hangs':
        return new Promise<string>(() => {});
      case 'lies':
        return 'ftp://example.test';
      case undefined:
        return url;
    }
  };
}
