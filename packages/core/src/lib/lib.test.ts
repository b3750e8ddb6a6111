import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { byteLength } from './byteLength';
import { Emitter } from './emitter';
import { Mailbox } from './mailbox';
import { Fifo } from './fifo';

afterEach(() => {
  vi.restoreAllMocks();
});

test('a queue is a queue, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer()), { maxLength: 200 }), (steps) => {
      const buffer = new Fifo<number>();
      const model: number[] = [];
      for (const step of steps) {
        if (step === null) expect(buffer.shift()).toBe(model.shift());
        else {
          buffer.push(step);
          model.push(step);
        }
        expect(buffer.size).toBe(model.length);
        expect(buffer.peek()).toBe(model[0]);
        expect(buffer.toArray()).toEqual(model);
      }
    }),
    { numRuns: 200 },
  );
});

test('the length of any text in bytes is that of its UTF-8', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(text, (given) => {
      expect(byteLength(given)).toBe(new TextEncoder().encode(given).length);
    }),
    { numRuns: 1_000 },
  );
});

/** A mailbox whose owner is a function. */
class Box extends Mailbox<string> {
  constructor(readonly take: (event: string) => void) {
    super();
  }
  protected handle(event: string): void {
    this.take(event);
  }
}

describe('a mailbox', () => {
  test('handles what arrives meanwhile afterwards, in order', () => {
    const log: string[] = [];
    const box = new Box((event) => {
      log.push(`${event} begins`);
      if (event === 'a') ['b', 'c'].forEach((other) => box.dispatch(other));
      log.push(`${event} ends`);
    });
    box.dispatch('a');
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('is open again after a handler that threw', () => {
    const handled: string[] = [];
    const box = new Box((event) => {
      if (event === 'bad') throw new Error('bad');
      handled.push(event);
    });
    expect(() => box.dispatch('bad')).toThrow('bad');
    box.dispatch('good');
    expect(handled).toEqual(['good']);
  });
});

describe('an emitter', () => {
  test('isolates one that throws, and counts who listens', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const emitter = new Emitter<string, number>();
    const heard: number[] = [];
    const stop = emitter.on('a', () => {
      throw new Error('a listener that throws');
    });
    emitter.on('a', (detail) => heard.push(detail));
    emitter.emit('a', 1);
    emitter.emit('b', 2);
    expect(heard).toEqual([1]);
    expect(report).toHaveBeenCalledTimes(1);
    expect(emitter.size).toBe(2);
    stop();
    expect(emitter.size).toBe(1);
    emitter.clear();
    emitter.emit('a', 3);
    expect(heard).toEqual([1]);
    expect(emitter.size).toBe(0);
  });

  test('a removal after clear does not touch who came later', () => {
    const emitter = new Emitter<string, number>();
    const stop = emitter.on('a', () => {});
    emitter.clear();
    const heard = vi.fn();
    emitter.on('a', heard);
    stop();
    emitter.emit('a', 1);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
