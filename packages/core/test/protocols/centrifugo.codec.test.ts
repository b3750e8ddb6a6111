import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centrifugo } from '../../src/protocols/centrifugo';

const { codec } = centrifugo();
const encode = (command: Parameters<typeof codec.encode>[0]) => String(codec.encode(command));
const HUGE = '18446744073709551615'; // the largest there is

describe('a frame', () => {
  test('holds many replies, one to a line, and empty lines hold none', () => {
    expect(codec.decode('{"id":1}\n\n{}\n \n{"id":2}\n')).toEqual([{ id: 1 }, {}, { id: 2 }]);
  });

  test('that is binary, or not JSON, is refused', () => {
    expect(() => codec.decode(new ArrayBuffer(2))).toThrow(TypeError);
    expect(() => codec.decode('{"id":1}\n{')).toThrow(SyntaxError);
  });

  test('goes out with one command', () => {
    expect(encode({ id: 7, method: 'rpc', body: { method: 'add', data: [1, 2] } })).toBe(
      '{"id":7,"rpc":{"method":"add","data":[1,2]}}',
    );
    expect(encode({ id: 7, method: 'unsubscribe', body: { channel: 'a"b' } })).toBe(
      '{"id":7,"unsubscribe":{"channel":"a\\"b"}}',
    );
  });

  test('that answers a ping is empty', () => {
    expect(encode({})).toBe('{}');
  });

  test('leaves out what is undefined, and holds null for what JSON has no word for', () => {
    expect(encode({ id: 1, method: 'publish', body: { channel: 'a', data: undefined } })).toBe(
      '{"id":1,"publish":{"channel":"a"}}',
    );
    expect(encode({ id: 1, method: 'publish', body: { channel: 'a', data: () => {} } })).toBe(
      '{"id":1,"publish":{"channel":"a","data":null}}',
    );
  });
});

describe('an offset', () => {
  test.each(['9007199254740993', '12345678901234567', HUGE])('of %s keeps its digits, both ways', (offset) => {
    const [reply] = codec.decode(`{"push":{"channel":"a","pub":{"data":{},"offset":${offset}}}}`);
    expect(reply?.push?.pub?.offset).toBe(offset);
    const since = { offset, epoch: 'x' };
    expect(encode({ id: 1, method: 'subscribe', body: { channel: 'a', recover: true, ...since } })).toBe(
      `{"id":1,"subscribe":{"channel":"a","recover":true,"offset":${offset},"epoch":"x"}}`,
    );
    expect(encode({ id: 1, method: 'history', body: { channel: 'a', since } })).toContain(`"offset":${offset},`);
    expect(encode({ id: 1, method: 'connect', body: { subs: { a: since, b: since } } })).toBe(
      `{"id":1,"connect":{"subs":{"a":{"offset":${offset},"epoch":"x"},"b":{"offset":${offset},"epoch":"x"}}}}`,
    );
  });

  test('below 2^53 is a number', () => {
    const [reply] = codec.decode(`{"subscribe":{"offset":${Number.MAX_SAFE_INTEGER - 10 ** 14}}}`);
    expect(reply?.subscribe?.offset).toBe(Number.MAX_SAFE_INTEGER - 10 ** 14);
  });

  test("in text or in an app's data goes out as it is", () => {
    const data = { offset: HUGE, text: `{"offset":"${HUGE}"}`, more: [{ offset: HUGE }] };
    const token = `{"offset":"${HUGE}"}`;
    expect(JSON.parse(encode({ id: 1, method: 'subscribe', body: { channel: token, token, data } }))).toEqual({
      id: 1,
      subscribe: { channel: token, token, data },
    });
  });

  test.each(['9000000000000000.5', '9100000000000000.0', '12345678901234567e3'])(
    "with a fraction or an exponent is an app's own: %s",
    (offset) => {
      const frame = `{"push":{"channel":"a","pub":{"data":{"offset":${offset}},"offset":1}}}\n{}`;
      expect(codec.decode(frame)).toEqual([
        { push: { channel: 'a', pub: { data: { offset: Number(offset) }, offset: 1 } } },
        {},
      ]);
    },
  );

  test('in text comes in as it is', () => {
    const data = { text: `{"offset":${HUGE}} ,"offset":${HUGE}` };
    expect(codec.decode(JSON.stringify({ push: { pub: { data } } }))).toEqual([{ push: { pub: { data } } }]);
  });
});

test('whatever JSON can say arrives as it was said', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (data, channel) => {
      const frame = encode({ id: 1, method: 'publish', body: { channel, data } });
      expect(JSON.parse(frame)).toEqual({ id: 1, publish: { channel, data: JSON.parse(JSON.stringify(data)) } });
      const reply = { push: { channel, pub: { data: JSON.parse(JSON.stringify(data)) } } };
      expect(codec.decode(JSON.stringify(reply))).toEqual([reply]);
    }),
  );
});
