import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Queue, type QueueLimits } from '../src/runtime/queue';
import type { OutgoingData } from '../src/index';
import { FakeEnvironment } from './kit/fakeEnvironment';

type Step =
  | { readonly do: 'push'; readonly data: string | Uint8Array; readonly ttl: number | undefined }
  | { readonly do: 'shift' | 'clear' | 'look' | 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('push' as const),
      data: fc.constantFrom('', 'a', 'abcdefgh', 'éé', '€€€', '😀', '\ud800', new Uint8Array(4)),
      ttl: fc.constantFrom(undefined, undefined, 0, 1, Infinity),
    }),
  },
  { weight: 4, arbitrary: fc.constantFrom<Step>({ do: 'shift' }, { do: 'shift' }, { do: 'look' }, { do: 'wait' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'clear' }) },
);

const limits: fc.Arbitrary<QueueLimits> = fc.record({
  maxMessages: fc.constantFrom(0, 2, 5, Infinity),
  maxBytes: fc.constantFrom(0, 6, 7, 20, Infinity),
  overflow: fc.constantFrom('drop-newest', 'drop-oldest'),
  ttl: fc.constantFrom(2, Infinity),
});

/** What is to become of messages, with all of them counted at once. */
class Model {
  waiting: { readonly data: OutgoingData; readonly bytes: number; readonly expiresAt: number }[] = [];
  readonly log: unknown[] = [];
  constructor(
    readonly limits: QueueLimits,
    readonly environment: FakeEnvironment,
  ) {}

  get bytes(): number {
    return this.waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  push(data: string | Uint8Array, ttl = this.limits.ttl): void {
    const { maxMessages, maxBytes, overflow } = this.limits;
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;
    const fits = () => this.waiting.length < maxMessages && this.bytes + bytes <= maxBytes;
    while (!fits() && this.dropExpired());
    while (!fits() && overflow === 'drop-oldest' && bytes <= maxBytes && this.drop('overflow'))
      while (!fits() && this.dropExpired());
    if (!fits()) this.log.push([data, 'overflow']);
    else this.waiting.push({ data, bytes, expiresAt: this.environment.time + ttl });
  }

  shift(): OutgoingData | undefined {
    while (this.dropExpired());
    return this.waiting.shift()?.data;
  }

  dropExpired(): boolean {
    const [oldest] = this.waiting;
    return !!oldest && oldest.expiresAt <= this.environment.time && this.drop('expired');
  }

  drop(reason: string): boolean {
    const oldest = this.waiting.shift();
    if (oldest) this.log.push([oldest.data, reason]);
    return !!oldest;
  }
}

test('what becomes of a message does not depend on whether anybody looked at the bytes', () => {
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 60 }), (chosen, steps) => {
      const environment = new FakeEnvironment();
      const log: unknown[] = [];
      const queue = new Queue<OutgoingData>({
        options: { queue: chosen, environment },
        drop(message, reason) {
          log.push([message, reason]);
          return 'dropped';
        },
      });
      const model = new Model(chosen, environment);
      for (const taken of steps) {
        if (taken.do === 'push') {
          queue.push(taken.data, taken.data, taken.ttl);
          model.push(taken.data, taken.ttl);
        }
        if (taken.do === 'shift') expect(queue.shift()?.data).toEqual(model.shift());
        if (taken.do === 'clear') {
          queue.clear();
          while (model.drop('cleared'));
        }
        if (taken.do === 'wait') environment.time++;
        if (taken.do === 'look') expect(queue.bytes).toBe(model.bytes);
        expect(log).toEqual(model.log);
        expect(queue.size).toBe(model.waiting.length);
      }
      expect(queue.bytes).toBe(model.bytes);
    }),
    { numRuns: 500 },
  );
});
