import { ConnectionClosedError, TautlineError, TimeoutError } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import type { Connection, SendResult } from '../types';

export interface RequestOptions<In, Answer extends In> {
  /** Recognises the answer. */
  match: ((message: In) => message is Answer) | ((message: In) => boolean);
  /** How long to wait for it, waiting in the queue included, in milliseconds. @default 10_000 */
  timeout?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Sends, and resolves with the first message that matches.
 *
 * While the line is down the request waits in the queue like any message, for at most `timeout`.
 * An abort or a timeout ends the waiting, not the message: one that waits in the queue is still sent,
 * unless its `timeout` has passed by then.
 *
 * Rejects with `TimeoutError`, with the signal's reason, with `ConnectionClosedError` when the line
 * is lost after the request was sent (the answer is lost with it), or when it was dropped.
 */
export function request<In, Out, Answer extends In = In>(
  connection: Connection<In, Out>,
  message: Out,
  { match, timeout = 10_000, signal }: RequestOptions<In, Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let result: SendResult | undefined;

    const stops = [
      connection.on('message', (incoming) => {
        // A predicate that throws fails its request, not the line.
        try {
          if (match(incoming)) settle(() => resolve(incoming as Answer)); // `match` says so
        } catch (error) {
          settle(() => reject(error));
        }
      }),
      connection.on('dropped', (dropped) => {
        if (dropped.message !== message) return;
        settle(() => reject(new TautlineError('dropped', `The request was dropped: ${dropped.reason}.`)));
      }),
      connection.on('disconnected', ({ close }) => {
        const mayWait = result === 'queued' && connection.queue.has(message); // then it may still be sent, and answered
        if (!mayWait) settle(() => reject(new ConnectionClosedError(close?.code ?? 1006, close?.reason)));
      }),
    ];
    const timer = setTimeout(() => settle(() => reject(new TimeoutError(timeout))), Math.min(timeout, MAX_DELAY));
    const aborted = () => settle(() => reject(signal?.reason));
    signal?.addEventListener('abort', aborted);

    const settle = (outcome: () => void) => {
      stops.forEach((stop) => stop());
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      outcome();
    };

    try {
      result = connection.send(message, { ttl: timeout });
    } catch (error) {
      settle(() => reject(error)); // the queue is full and throws
    }
  });
}
