import { type } from 'arktype';
import * as v from 'valibot';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { json, type Codec } from '../src/index';
import { stage } from './kit/stage';

afterEach(() => {
  vi.restoreAllMocks();
});

const invalidOf = (heard: unknown[]) =>
  heard as { direction: string; data: unknown; error: Error & { code: string } }[]; // what `invalid` carries

describe('the raw codec', () => {
  test('passes text and binary through, both ways', () => {
    const { connection, up, heardOf } = stage();
    const socket = up();
    const binary = new Uint8Array([1, 2, 3]);
    connection.send('text');
    connection.send(binary);
    expect(socket.sent).toEqual(['text', binary]);
    socket.deliver('text');
    socket.deliver(binary.buffer);
    expect(heardOf('message')).toEqual(['text', binary.buffer]);
  });

  test('asks for ArrayBuffers, or for what binaryType says', () => {
    expect(stage().up().binaryType).toBe('arraybuffer');
    expect(stage({ binaryType: 'blob' }).up().binaryType).toBe('blob');
  });
});

describe('the JSON codec', () => {
  test('speaks JSON in text frames', () => {
    const { connection, up, heardOf } = stage<unknown, unknown>({ codec: json() });
    const socket = up();
    for (const message of [{ a: [1, null] }, 0, '', false, null]) connection.send(message);
    expect(socket.sent).toEqual(['{"a":[1,null]}', '0', '""', 'false', 'null']);
    socket.deliver('{"b":2}');
    socket.deliver('null');
    expect(heardOf('message')).toEqual([{ b: 2 }, null]);
  });

  test.each(['{"unfinished":', '', 'plain', new ArrayBuffer(2)])('calls %o invalid', (data) => {
    const { up, heardOf, status } = stage<unknown, unknown>({ codec: json() });
    up().deliver(data);
    expect(heardOf('message')).toEqual([]);
    expect(invalidOf(heardOf('invalid'))).toMatchObject([
      { direction: 'incoming', data, error: { code: 'invalid-message', cause: { name: 'SyntaxError' } } },
    ]);
    expect(status()).toBe('connected');
  });
});

describe('a codec of your own', () => {
  const upper: Codec<string, string> = {
    encode: (message) => message.toUpperCase(),
    decode: (data) => String(data).toLowerCase(),
  };

  test('is used both ways, and what waits was encoded once, when it was sent', () => {
    const encode = vi.fn(upper.encode);
    const { connection, up, heardOf } = stage<string, string>({ codec: { ...upper, encode } });
    connection.send('early');
    expect(encode).toHaveBeenCalledTimes(1);
    const socket = up();
    expect(socket.sent).toEqual(['EARLY']);
    expect(encode).toHaveBeenCalledTimes(1);
    socket.deliver('LOUD');
    expect(heardOf('message')).toEqual(['loud']);
  });

  test.each([new Error('bad'), null, undefined, 'text', Symbol('odd')])(
    'may throw anything on the way in',
    (thrown) => {
      const { up, heardOf, status } = stage<string, string>({
        codec: {
          ...upper,
          decode() {
            throw thrown;
          },
        },
      });
      const socket = up();
      expect(() => socket.deliver('x')).not.toThrow();
      expect(invalidOf(heardOf('invalid'))[0]?.error.cause).toBe(thrown);
      expect(status()).toBe('connected');
    },
  );

  test('gives the message, not its encoding, to who hears of drops', () => {
    const { connection, heardOf } = stage<string, string>({ codec: upper, queue: false });
    connection.send('quiet');
    expect(heardOf('dropped')).toEqual([{ message: 'quiet', reason: 'disabled' }]);
  });
});

describe('a schema', () => {
  interface Price {
    symbol: string;
    price: number;
  }
  const schemas = {
    Zod: z.object({ symbol: z.string(), price: z.number() }),
    Valibot: v.object({ symbol: v.string(), price: v.number() }),
    ArkType: type({ symbol: 'string', price: 'number' }),
  };

  test.each(Object.entries(schemas))('of %s lets through what fits', (_name, schema) => {
    const { up, heardOf } = stage<Price, string>({ codec: { ...json<Price, string>() }, schema });
    up().deliver('{"symbol":"ABC","price":1.5}');
    expect(heardOf('message')).toEqual([{ symbol: 'ABC', price: 1.5 }]);
    expect(heardOf('invalid')).toEqual([]);
  });

  test.each(Object.entries(schemas))('of %s stops what does not fit, and names the field', (_name, schema) => {
    const { up, heardOf } = stage<Price, string>({ codec: { ...json<Price, string>() }, schema });
    up().deliver('{"symbol":"ABC","price":"dear"}');
    expect(heardOf('message')).toEqual([]);
    const [invalid] = invalidOf(heardOf('invalid'));
    expect(invalid).toMatchObject({ direction: 'incoming', data: '{"symbol":"ABC","price":"dear"}' });
    expect(invalid?.error.message).toContain('price');
    expect(invalid?.error.message).not.toContain('[object');
  });

  test('may transform', () => {
    const schema = z.object({ at: z.string().transform((text) => new Date(text)) });
    const { up, heardOf } = stage<{ at: Date }, string>({ codec: json<{ at: Date }, string>(), schema });
    up().deliver('{"at":"2026-01-02T03:04:05Z"}');
    expect(heardOf('message')).toEqual([{ at: new Date('2026-01-02T03:04:05Z') }]);
  });

  test('that is asynchronous is refused, since messages would overtake each other', () => {
    const schema = z.string().refine(async () => true);
    const { up, heardOf } = stage<string, string>({ schema });
    up().deliver('x');
    expect(heardOf('message')).toEqual([]);
    expect(invalidOf(heardOf('invalid'))[0]?.error.message).toContain('must be synchronous');
  });

  test('does not see pongs', () => {
    const { up, heardOf, environment } = stage<string, string>({
      schema: z.literal('news') as never, // fits no pong
      heartbeat: { message: 'ping', isPong: (message) => message === 'pong' },
    });
    const socket = up();
    environment.advance(25_000);
    socket.deliver('pong');
    expect(heardOf('invalid')).toEqual([]);
  });
});
