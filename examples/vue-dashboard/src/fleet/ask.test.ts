import type { Command, FleetMessage, StreamRequest } from '@tautline-examples/shared';
import type { Connection } from '@tautline/vue';
import { expect, it, vi } from 'vitest';
import { ask } from './ask';

/** The part of a connection that a request uses, by hand. */
class FakeLine {
  readonly sent: Command[] = [];
  readonly queue = { has: () => false };
  readonly #listeners = new Map<string, Set<(detail: unknown) => void>>();

  on(event: string, listener: (detail: unknown) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  send(message: Command): string {
    this.sent.push(message);
    return 'sent';
  }

  emit(event: string, detail: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(detail);
  }

  answer(refused: string | null, request = this.sent[0]?.request): void {
    this.emit('message', { type: 'answer', request, refused });
  }
}

function start() {
  const line = new FakeLine();
  const connection = line as unknown as Connection<FleetMessage, StreamRequest>; // what `request` uses of one
  return { line, asked: ask(connection, { type: 'acknowledge', alarm: 'a' }) };
}

it('is done when the server says so', async () => {
  const { line, asked } = start();
  line.answer(null);
  await expect(asked).resolves.toBeUndefined();
});

it('fails with the reason of the server, and hears no answer to somebody else', async () => {
  const { line, asked } = start();
  line.answer(null, -1);
  line.answer('This alarm is over.');
  await expect(asked).rejects.toThrow('This alarm is over.');
});

it('asks again, with the same number, when the line was lost before the answer', async () => {
  const { line, asked } = start();
  line.emit('disconnected', { close: null });
  await vi.waitUntil(() => line.sent.length === 2);
  expect(line.sent[1]).toEqual(line.sent[0]);
  line.answer(null);
  await expect(asked).resolves.toBeUndefined();
});

it('gives up after a while', async () => {
  vi.useFakeTimers();
  const { asked } = start();
  const failed = expect(asked).rejects.toThrow(/30000|30 s|30,000/);
  await vi.advanceTimersByTimeAsync(30_000);
  await failed;
  vi.useRealTimers();
});
