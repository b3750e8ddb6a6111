import { StopReconnecting, TautlineError, type TautlineErrorCode } from '../errors';
import { isolate } from '../lib/isolate';
import { Fifo } from '../lib/fifo';
import { textOf } from '../lib/textOf';
import type { LineEvent } from '../machine/events';
import type { MachineOptions, State } from '../machine/state';
import type { AttemptContext, ChannelProtocol, HandshakeContext, Provider, ResolvedOptions } from '../options';
import type { ChannelFact, ChannelSession } from '../session';
import type { CloseInfo, IncomingData, WebSocketLike } from '../types';
import { DEFAULT_CLOSE_CODES, NO_CLOSE_FRAME } from '../wire/closeCodes';
import type { CloseVerdict } from '../wire/closeVerdict';
import { redactUrl, toSubprotocols, toWebSocketUrl } from '../wire/url';
import type { Inspect } from './inspect';
import { abandonSocket, OPEN } from './closeSocket';

/** Whom the line works for. */
export interface LineOwner<In, Out> {
  readonly url: Provider<string | URL>;
  readonly options: ResolvedOptions<In, Out>;
  readonly inspect: Inspect | undefined;
  readonly state: State;
  /** Who speaks for the line, or spoke for the last one. */
  session: ChannelSession<In> | null;
  /** May change with the line: some servers say how often they want to be pinged. */
  machineOptions: MachineOptions;
  readonly events: { emit(event: 'fact', fact: ChannelFact): void };
  dispatch(event: LineEvent): void;
  receive(data: IncomingData): void;
}

/** What an attempt, and the line it leads to, remembers. Plain data, since there may be thousands. */
export interface Line<In = unknown, Out = unknown> {
  readonly owner: LineOwner<In, Out>;
  readonly number: number;
  /** Absent until the providers have answered. */
  socket: WebSocketLike | undefined;
  /** What to call a failure: what the attempt is busy with. */
  stage: TautlineErrorCode;
  /** Takes messages while the handshake lasts. */
  inbox?: ((data: IncomingData) => void) | undefined;
  /** Heavy, and needed only where a provider or handshake asks. */
  controller?: AbortController;
  isOver?: true;
}

/** One attempt: asks the providers, opens the socket, exchanges the handshake. */
export function openLine<In, Out>(owner: LineOwner<In, Out>): Line<In, Out> {
  const { url, options, state, inspect } = owner;
  const { channels } = options;
  const { attempt, reason, lines } = state.memory;
  const line: Line<In, Out> = {
    owner,
    number: lines,
    socket: undefined,
    stage: 'provider-rejected',
  };
  const open = ([address, protocols]: [string | URL, string | readonly string[]]) => {
    if (line.isOver) return;
    const target = toWebSocketUrl(address);
    const offered = toSubprotocols(protocols);
    const WebSocket = options.WebSocket ?? globalThis.WebSocket;
    if (!WebSocket)
      throw new StopReconnecting('There is no WebSocket here: give the option `WebSocket` the class of `ws`.');
    inspect?.({ type: 'attempt', attempt, reason, url: redactUrl(target), protocols: offered.length });
    line.stage = 'socket-failed';
    const socket = offered.length ? new WebSocket(target, offered) : new WebSocket(target);
    line.socket = socket; // before anything may fail: nobody else would ever close it
    listen(line, socket);
    socket.binaryType = options.binaryType;
  };
  try {
    const answers: [Answer<string | URL>, Answer<string | readonly string[]>] = [
      channels?.url ? addressFor(channels, url, line) : ask(url, line),
      ask(options.protocols, line),
    ];
    if (answers.some((answer) => 'then' in Object(answer))) {
      Promise.all(answers)
        .then(open)
        .catch((error: unknown) => fail(line, error));
    } else open(answers as [string | URL, string | readonly string[]]); // without waiting where nothing is asynchronous
  } catch (error) {
    fail(line, error);
  }
  return line;
}

export function abandonLine<In, Out>(line: Line<In, Out>): void {
  line.isOver = true;
  line.controller?.abort();
  if (line.socket) abandonSocket(line.socket);
}

/** The socket closed; also told of a close event that does not come. */
export function closeLine<In, Out>(line: Line<In, Out>, close: CloseInfo): void {
  const { owner, number } = line;
  const { options, state } = owner;
  const { attempt, reauthenticated } = state.memory;
  const { code } = close;
  owner.session?.closed?.(close);
  const advised = options.channels?.closeVerdict?.(close);
  const listed = options.closeCodes?.[code] ?? advised ?? DEFAULT_CLOSE_CODES[code] ?? 'retry';
  let verdict = listed === 'reauth' && reauthenticated ? 'stop' : listed;
  const wanted = isolate(() => options.shouldReconnect?.(close, { attempt, verdict }));
  // `shouldReconnect` over `closeCodes` over the protocol's verdicts over the default table.
  if (wanted !== undefined && !wanted === (verdict !== 'stop')) verdict = wanted ? 'retry' : 'stop';
  owner.dispatch({ type: 'line-closed', line: number, close, verdict });
}

function fail<In, Out>(line: Line<In, Out>, cause: unknown): void {
  if (line.isOver) return;
  const error = cause instanceof TautlineError ? cause : new TautlineError(line.stage, textOf(cause), cause);
  const { verdict = 'retry' } = error as { verdict?: CloseVerdict }; // some errors say what is to become of it
  line.owner.dispatch({ type: 'line-failed', line: line.number, error, verdict });
}

/** What providers and handshakes learn. Made anew for each: what reads the signal late makes an object slow and large. */
function contextOf<In, Out>(line: Line<In, Out>): AttemptContext {
  const { attempt, reason } = line.owner.state.memory;
  return {
    attempt,
    reason,
    get signal() {
      line.controller ??= new AbortController();
      if (line.isOver) line.controller.abort(); // looked at for the first time too late
      return line.controller.signal;
    },
  };
}

/** Apart from all else, so that nothing else stays alive with the handlers. */
function listen<In, Out>(line: Line<In, Out>, socket: WebSocketLike): void {
  const { owner, number } = line;
  socket.onopen = () => (owner.options.handshake || owner.options.channels ? shakeHands(line) : opened(line));
  socket.onmessage = ({ data }: { data: IncomingData }) => (line.inbox ? line.inbox(data) : owner.receive(data));
  socket.onerror = () => owner.dispatch({ type: 'line-errored', line: number });
  // React Native leaves some of it out.
  socket.onclose = ({ code = NO_CLOSE_FRAME, reason = '', wasClean = false }) =>
    closeLine(line, { code, reason, wasClean });
}

function opened<In, Out>(line: Line<In, Out>): void {
  line.owner.dispatch({ type: 'line-opened', line: line.number, subprotocol: line.socket?.protocol ?? '' }); // missing in React Native
}

async function shakeHands<In, Out>(line: Line<In, Out>): Promise<void> {
  const { owner } = line;
  const { options } = owner;
  const early = new Fifo<IncomingData>();
  line.stage = 'handshake-rejected';
  try {
    const handshake = handshakeOf(line, early);
    await options.handshake?.(handshake);
    const session = await options.channels?.open({
      ...handshake,
      clock: options.environment,
      // Asked for, not kept: or each session would keep the one before it alive.
      get previous() {
        return owner.session;
      },
      tell(fact) {
        if (!line.isOver) owner.events.emit('fact', fact);
      },
      fail: (error) => fail(line, error),
    });
    if (line.isOver) return;
    if (session) {
      const { heartbeat, idleTimeout } = options;
      owner.session = session;
      owner.machineOptions = {
        ...options,
        heartbeat: heartbeat && { ...heartbeat, ...session.heartbeat },
        idleTimeout: Math.min(idleTimeout, session.idleTimeout ?? Infinity),
      };
    }
    line.inbox = undefined;
    opened(line);
    for (let data = early.shift(); data !== undefined && !line.isOver; data = early.shift()) owner.receive(data);
  } catch (error) {
    fail(line, error);
  }
}

/** @param early What came and nobody has asked for yet. */
function handshakeOf<In, Out>(line: Line<In, Out>, early: Fifo<IncomingData>): HandshakeContext<In, Out> {
  const { codec } = line.owner.options;
  const context = contextOf(line);
  const wanted = new Fifo<(data: IncomingData) => void>();
  line.inbox = (data) => {
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
  return {
    ...context,
    send(message) {
      if (!line.isOver && line.socket?.readyState === OPEN) line.socket.send(codec.encode(message));
    },
    receive() {
      const received = (async () => codec.decode(early.shift() ?? (await next())))();
      received.catch(() => {}); // may be asked for ahead, and nobody awaits it yet
      return received;
    },
  };
}

type Answer<T> = T | Promise<T>;

const ask = <T, In, Out>(provider: Provider<T>, line: Line<In, Out>): Answer<T> => {
  try {
    return typeof provider === 'function'
      ? (provider as (context: AttemptContext) => Answer<T>)(contextOf(line)) // no T here is a function
      : provider;
  } catch (error) {
    return Promise.reject(error); // like one that rejects, so that nobody else's rejection goes unheard
  }
};

/** The address as the protocol wants it. */
const addressFor = async <In, Out>(
  channels: ChannelProtocol<In, Out>,
  url: Provider<string | URL>,
  line: Line<In, Out>,
): Promise<string | URL> => {
  const context = contextOf(line);
  const address = new URL(toWebSocketUrl(await ask(url, line)));
  return channels.url?.(address, context) ?? address;
};
