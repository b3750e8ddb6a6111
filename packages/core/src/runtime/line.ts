import { StopReconnecting, TautlineError, type TautlineErrorCode } from '../errors';
import { isolate } from '../lib/isolate';
import { Fifo } from '../lib/fifo';
import { textOf } from '../lib/textOf';
import type { LineEvent } from '../machine/events';
import type { AttemptContext, HandshakeContext, Provider, ResolvedOptions } from '../options';
import type { ChannelProtocol } from '../options';
import type { ChannelFact, ChannelSession } from '../session';
import type { CloseInfo, IncomingData, WebSocketLike } from '../types';
import { DEFAULT_CLOSE_CODES, NO_CLOSE_FRAME } from '../wire/closeCodes';
import type { CloseVerdict } from '../wire/closeVerdict';
import { redactUrl, toSubprotocols, toWebSocketUrl } from '../wire/url';
import type { Inspect } from './inspect';
import type { Interpreter } from './interpreter';
import { abandonSocket, OPEN } from './closeSocket';

/** A fact about the line, by the one who does not know its number. */
export type LineFact = LineEvent extends infer E ? (E extends LineEvent ? Omit<E, 'line'> : never) : never;

/** Whom the line works for. */
export interface LineOwner<In> {
  receive(data: IncomingData): void;
  readonly inspect: Inspect | undefined;
  /** Who speaks for the line, or spoke for the last one. */
  session: ChannelSession<In> | null;
  tell(fact: ChannelFact): void;
}

export interface Line {
  /** Absent until the providers have answered. */
  socket: WebSocketLike | undefined;
  /** The socket closed; also told of a close event that does not come. */
  closed(close: CloseInfo): void;
  abandon(): void;
}

/** One attempt: asks the providers, opens the socket, exchanges the handshake. */
export function openLine<In, Out>(
  url: Provider<string | URL>,
  options: ResolvedOptions<In, Out>,
  machine: Interpreter,
  owner: LineOwner<In>,
): Line {
  const { channels, codec } = options;
  const { inspect, receive } = owner;
  const { attempt, reason, lines } = machine.state.memory;
  const tell = (fact: LineFact) => machine.dispatch({ ...fact, line: lines });
  let isAbandoned = false;
  let controller: AbortController | undefined; // heavy, and needed only where a provider or handshake asks
  const context: AttemptContext = {
    attempt,
    reason,
    get signal() {
      controller ??= new AbortController();
      if (isAbandoned) controller.abort(); // looked at for the first time too late
      return controller.signal;
    },
  };
  /** Takes messages while the handshake lasts. */
  let inbox: ((data: IncomingData) => void) | undefined;

  /** What to call a failure: what the attempt is busy with. */
  let stage: TautlineErrorCode = 'provider-rejected';
  const fail = (cause: unknown) => {
    if (isAbandoned) return;
    const error = cause instanceof TautlineError ? cause : new TautlineError(stage, textOf(cause), cause);
    const { verdict = 'retry' } = error as { verdict?: CloseVerdict }; // some errors say what is to become of it
    tell({ type: 'line-failed', error, verdict });
  };

  const open = ([address, protocols]: [string | URL, string | readonly string[]]) => {
    if (isAbandoned) return;
    const target = toWebSocketUrl(address);
    const offered = toSubprotocols(protocols);
    const WebSocket = options.WebSocket ?? globalThis.WebSocket;
    if (!WebSocket)
      throw new StopReconnecting('There is no WebSocket here: give the option `WebSocket` the class of `ws`.');
    inspect?.({ type: 'attempt', attempt, reason, url: redactUrl(target), protocols: offered.length });
    stage = 'socket-failed';
    const socket = offered.length ? new WebSocket(target, offered) : new WebSocket(target);
    line.socket = socket; // before anything may fail: nobody else would ever close it
    socket.onopen = options.handshake || channels ? shakeHands : opened;
    socket.onmessage = ({ data }: { data: IncomingData }) => (inbox ?? receive)(data);
    socket.onerror = () => tell({ type: 'line-errored' });
    // React Native leaves some of it out.
    socket.onclose = ({ code = NO_CLOSE_FRAME, reason = '', wasClean = false }) => closed({ code, reason, wasClean });
    socket.binaryType = options.binaryType;
  };

  const opened = () => tell({ type: 'line-opened', subprotocol: line.socket?.protocol ?? '' }); // missing in React Native

  const closed = (close: CloseInfo) => {
    const { code } = close;
    const advised = channels?.closeVerdict?.(close); // always asked: a code may tell it more than that
    const listed = options.closeCodes?.[code] ?? advised ?? DEFAULT_CLOSE_CODES[code] ?? 'retry';
    let verdict = listed === 'reauth' && machine.state.memory.reauthenticated ? 'stop' : listed;
    const wanted = isolate(() => options.shouldReconnect?.(close, { attempt, verdict }));
    // `shouldReconnect` over `closeCodes` over the protocol's verdicts over the default table.
    if (wanted !== undefined && !wanted === (verdict !== 'stop')) verdict = wanted ? 'retry' : 'stop';
    tell({ type: 'line-closed', close, verdict });
  };

  const shakeHands = async () => {
    const early = new Fifo<IncomingData>();
    const wanted = new Fifo<(data: IncomingData) => void>();
    inbox = (data) => {
      const take = wanted.shift();
      if (take) take(data);
      else early.push(data);
    };
    const next = () =>
      new Promise<IncomingData>((resolve, reject) => {
        const { signal } = context;
        const giveUp = () => reject(signal.reason);
        wanted.push(resolve);
        signal.addEventListener('abort', giveUp);
        if (signal.aborted) giveUp();
      });
    stage = 'handshake-rejected';
    try {
      const handshake: HandshakeContext<In, Out> = {
        ...context,
        send(message) {
          const { socket } = line;
          if (!isAbandoned && socket?.readyState === OPEN) socket.send(codec.encode(message));
        },
        receive() {
          const received = (async () => codec.decode(early.shift() ?? (await next())))();
          received.catch(() => {}); // may be asked for ahead, and nobody awaits it yet
          return received;
        },
      };
      await options.handshake?.(handshake);
      const session = await channels?.open({
        ...handshake,
        clock: options.environment,
        // Asked for, not kept: or each session would keep the one before it alive.
        get previous() {
          return owner.session;
        },
        tell(fact) {
          if (!isAbandoned) owner.tell(fact);
        },
        fail,
      });
      if (isAbandoned) return;
      if (session) {
        const { heartbeat, idleTimeout } = options;
        owner.session = session;
        machine.options = {
          ...options,
          heartbeat: heartbeat && { ...heartbeat, ...session.heartbeat },
          idleTimeout: Math.min(idleTimeout, session.idleTimeout ?? Infinity),
        };
      }
      inbox = undefined;
      opened();
      for (let data = early.shift(); data !== undefined && !isAbandoned; data = early.shift()) receive(data);
    } catch (error) {
      fail(error);
    }
  };

  const line: Line = {
    socket: undefined,
    closed,
    abandon() {
      isAbandoned = true;
      controller?.abort();
      if (line.socket) abandonSocket(line.socket);
    },
  };

  try {
    const answers: [Answer<string | URL>, Answer<string | readonly string[]>] = [
      channels?.url ? addressFor(channels, url, context) : ask(url, context),
      ask(options.protocols, context),
    ];
    if (answers.some((answer) => 'then' in Object(answer))) Promise.all(answers).then(open).catch(fail);
    else open(answers as [string | URL, string | readonly string[]]); // without waiting where nothing is asynchronous
  } catch (error) {
    fail(error);
  }

  return line;
}

type Answer<T> = T | Promise<T>;

const ask = <T>(provider: Provider<T>, context: AttemptContext): Answer<T> => {
  try {
    return typeof provider === 'function' ? (provider as (context: AttemptContext) => Answer<T>)(context) : provider; // no T here is a function
  } catch (error) {
    return Promise.reject(error); // like one that rejects, so that nobody else's rejection goes unheard
  }
};

/** The address as the protocol wants it. */
const addressFor = async <In, Out>(
  channels: ChannelProtocol<In, Out>,
  url: Provider<string | URL>,
  context: AttemptContext,
): Promise<string | URL> => {
  const address = new URL(toWebSocketUrl(await ask(url, context)));
  return channels.url?.(address, context) ?? address;
};
