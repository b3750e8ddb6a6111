import { StopReconnecting, TautlineError, type TautlineErrorCode } from '../errors';
import { isolate } from '../lib/isolate';
import { Fifo } from '../lib/fifo';
import { textOf } from '../lib/textOf';
import type { LineEvent } from '../machine/events';
import type { AttemptContext, Provider, ResolvedOptions } from '../options';
import type { CloseInfo, IncomingData } from '../types';
import { ABANDONED, NOT_CLOSED, type CloseVerdict } from '../wire/closeCodes';
import { redactUrl, toSubprotocols, toWebSocketUrl } from '../wire/url';
import type { Inspect } from './inspect';
import { openTransport, type Transport } from './transport';

/** A fact about the line, by the one who does not know its number. */
export type LineFact = LineEvent extends infer E ? (E extends LineEvent ? Omit<E, 'line'> : never) : never;

export interface LineHandlers {
  tell(fact: LineFact): void;
  receive(data: IncomingData): void;
  readonly inspect: Inspect | undefined;
  /** Whether new credentials were asked for since the line was last stable. */
  isReauthenticated(): boolean;
}

export interface Line {
  /** Absent until the providers have answered. */
  transport: Transport | undefined;
  /** Stands in for a close event that does not come. */
  reportClose(): void;
  abandon(): void;
}

/** One attempt: asks the providers, opens the socket, exchanges the handshake. */
export function openLine<In, Out>(
  url: Provider<string | URL>,
  options: ResolvedOptions<In, Out>,
  { attempt, reason }: Pick<AttemptContext, 'attempt' | 'reason'>,
  { tell, receive, inspect, isReauthenticated }: LineHandlers,
): Line {
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
    tell({ type: 'line-failed', error, verdict: error.code === 'reconnect-stopped' ? 'stop' : 'retry' });
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
    line.transport = openTransport(WebSocket, target, offered, options.binaryType, {
      opened: options.handshake ? shakeHands : opened,
      received: (data) => (inbox ?? receive)(data),
      errored: () => tell({ type: 'line-errored' }),
      closed,
    });
  };

  const closed = (close: CloseInfo) => tell({ type: 'line-closed', close, verdict: verdictOn(close) });
  const opened = () => tell({ type: 'line-opened', subprotocol: line.transport?.protocol() ?? '' }); // there is one by now

  /** `shouldReconnect` over `closeCodes` over the default table. */
  const verdictOn = (close: CloseInfo): CloseVerdict => {
    const listed = options.closeCodes[close.code] ?? 'retry';
    const verdict = listed === 'reauth' && isReauthenticated() ? 'stop' : listed;
    const wanted = isolate(() => options.shouldReconnect?.(close, { attempt, verdict }));
    if (wanted === undefined || wanted === (verdict !== 'stop')) return verdict;
    return wanted ? 'retry' : 'stop';
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
      await options.handshake?.({
        ...context,
        send: (message) => line.transport?.send(options.codec.encode(message)),
        receive() {
          const received = (async () => options.codec.decode(early.shift() ?? (await next())))();
          received.catch(() => {}); // may be asked for ahead, and nobody awaits it yet
          return received;
        },
      });
      if (isAbandoned) return;
      inbox = undefined;
      opened();
      for (let data = early.shift(); data !== undefined && !isAbandoned; data = early.shift()) receive(data);
    } catch (error) {
      fail(error);
    }
  };

  const line: Line = {
    transport: undefined,
    reportClose: () => closed(NOT_CLOSED),
    abandon() {
      isAbandoned = true;
      controller?.abort();
      line.transport?.abandon(ABANDONED);
    },
  };

  try {
    const answers: [Answer<string | URL>, Answer<string | readonly string[]>] = [
      ask(url, context),
      ask(options.protocols, context),
    ];
    // Without waiting for a microtask where no provider is asynchronous.
    if (isSettled(answers)) open(answers);
    else Promise.all(answers).then(open).catch(fail);
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

const isSettled = <A, B>(answers: [Answer<A>, Answer<B>]): answers is [A, B] =>
  !answers.some((answer) => 'then' in Object(answer));
