import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { byteLength } from './byteLength';
import { Emitter } from './emitter';
import { createMailbox } from './mailbox';
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

describe('a mailbox', () => {
  test('handles what arrives meanwhile afterwards, in order', () => {
    const log: string[] = [];
    const post = createMailbox((event: string) => {
      log.push(`${event} begins`);
      if (event === 'a') ['b', 'c'].forEach((other) => post(other));
      log.push(`${event} ends`);
    });
    post('a');
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('is open again after a handler that threw', () => {
    const handled: string[] = [];
    const post = createMailbox((event: string) => {
      if (event === 'bad') throw new Error('bad');
      handled.push(event);
    });
    expect(() => post('bad')).toThrow('bad');
    post('good');
    expect(handled).toEqual(['good']);
  });
});

describe('an emitter', () => {
  test('isolates one that throws, and counts the events somebody hears', () => {
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
    expect(emitter.size).toBe(1);
    stop();
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
