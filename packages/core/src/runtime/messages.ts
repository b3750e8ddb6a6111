import { TautlineError } from '../errors';
import { Fifo } from '../lib/fifo';
import type { Connection } from '../types';

export interface MessagesOptions {
  /** Ends the iteration, without an error. */
  signal?: AbortSignal | undefined;
  /** How many messages may wait for a slow reader. @default 10_000 */
  maxBuffered?: number | undefined;
}

/**
 * The messages from now on, for `for await`, across reconnects, until `signal`, `break` or a status
 * that is final (`disconnected`, `failed`).
 *
 * A reader too slow for `maxBuffered` gets what was kept and then a `buffer-overflow` error: it never
 * misses messages without being told.
 */
export function messages<In, Out>(
  connection: Connection<In, Out>,
  { signal, maxBuffered = 10_000 }: MessagesOptions = {},
): AsyncIterableIterator<In> {
  const buffered = new Fifo<In>();
  let ended: { error?: TautlineError } | undefined;
  const waiting: (() => void)[] = [];
  const wake = () => waiting.splice(0).forEach((resolve) => resolve());

  const end = (error?: TautlineError) => {
    ended ??= error ? { error } : {};
    stops.forEach((stop) => stop());
    signal?.removeEventListener('abort', aborted);
    wake();
  };
  const aborted = () => end();
  const endIfFinal = () => {
    const { status } = connection.getSnapshot();
    if (status === 'disconnected' || status === 'failed') end();
  };
  const stops = [
    connection.on('message', (message) => {
      if (buffered.size >= maxBuffered) {
        return end(new TautlineError('buffer-overflow', `${maxBuffered} messages wait for a slow reader.`));
      }
      buffered.push(message);
      wake();
    }),
    connection.subscribe(endIfFinal),
  ];
  if (signal?.aborted) end();
  else signal?.addEventListener('abort', aborted);
  endIfFinal();

  const next = async (): Promise<IteratorResult<In, undefined>> => {
    for (;;) {
      if (buffered.size) return { done: false, value: buffered.shift() as In }; // size says there is one
      if (ended?.error) {
        const { error } = ended;
        ended = {};
        throw error;
      }
      if (ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  return {
    next,
    async return() {
      end();
      ended = {};
      while (buffered.size) buffered.shift();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
