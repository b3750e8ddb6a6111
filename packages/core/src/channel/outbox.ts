import { ChannelError, QueueFullError, TimeoutError } from '../errors';
import { MAX_DELAY } from '../lib/clock';
import { ROOM_POLL } from '../runtime/outgoing';
import type { Asker, Hub, Outbox } from './parts';

interface Request extends Asker {
  ref: number;
  readonly transmit: Parameters<Outbox['ask']>[0];
  reject(error: unknown): void;
}

export function createOutbox(hub: Hub, isOpen: () => boolean): Outbox {
  const { port, askers } = hub;
  const waiting = new Set<Request>();
  const sent = new Set<Request>();
  let stopPolling: (() => void) | undefined;

  const transmit = (request: Request) => {
    request.ref = ++hub.lastRef;
    waiting.delete(request);
    sent.add(request);
    askers.set(request.ref, request);
    try {
      request.transmit(request.ref, () => sent.has(request));
    } catch (error) {
      request.reject(error);
    }
  };
  const flush = () => {
    stopPolling?.();
    for (const request of waiting) {
      if (!isOpen()) return;
      if (!port.hasRoom()) {
        stopPolling = port.clock.setTimeout(flush, ROOM_POLL);
        return;
      }
      transmit(request);
    }
  };
  const reject = (requests: Set<Request>, error: unknown) => {
    for (const request of requests) request.reject(error);
  };

  return {
    flush,
    lose: (error) => reject(sent, error),
    abandon: (error) => reject(waiting, error),

    ask: (given, { timeout = 10_000, signal } = {}) =>
      new Promise((resolve, fail) => {
        if (signal?.aborted || hub.gone) return fail(hub.gone ?? signal?.reason);
        const end = () => {
          stopTimer?.();
          signal?.removeEventListener('abort', aborted);
          waiting.delete(request);
          sent.delete(request);
          askers.delete(request.ref);
        };
        const aborted = () => request.reject(signal?.reason);
        const request: Request = {
          ref: 0,
          transmit: given,
          reject(error) {
            end();
            fail(error);
          },
          answer(outcome) {
            end();
            if (outcome.type === 'reply') resolve(outcome.payload);
            else fail(new ChannelError('send-refused', outcome.message, outcome.reason));
          },
        };
        const stopTimer =
          timeout < Infinity
            ? port.clock.setTimeout(() => request.reject(new TimeoutError(timeout)), Math.min(timeout, MAX_DELAY))
            : undefined;
        signal?.addEventListener('abort', aborted);
        waiting.add(request);
        flush();
        if (waiting.has(request) && waiting.size > port.maxPending) request.reject(new QueueFullError());
      }),
  };
}
