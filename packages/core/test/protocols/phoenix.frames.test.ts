import * as fc from 'fast-check';
import { Socket } from 'phoenix';
import { describe, expect, it } from 'vitest';
import { readFrame, writeFrame, type PhoenixMessage } from '../../../../test/support/phoenixFrames';
import { phoenixCodec, type PhoenixFrame } from '../../src/protocols/phoenix';

const field = fc.string({ unit: 'binary', maxLength: 60 }); // at most 240 bytes of UTF-8
const name = field.filter((text) => text !== '');
const payload = fc.uint8Array({ maxLength: 300 });

const official = new Socket('/socket', { transport: class {} }) as unknown as {
  encode(message: object, callback: (frame: ArrayBuffer) => void): void;
  decode(frame: ArrayBuffer, callback: (message: Record<string, unknown>) => void): void;
}; // its types leave the serializer out

/** As the official client writes it. */
function officialFrame([join_ref, ref, topic, event, payload]: PhoenixFrame): ArrayBuffer {
  let written = new ArrayBuffer(0);
  official.encode({ join_ref, ref, topic, event, payload }, (frame) => (written = frame));
  return written;
}

/** As the official client reads it. */
function officialMessage(frame: ArrayBuffer): Record<string, unknown> {
  let read = {};
  official.decode(frame, (message) => (read = message));
  return read;
}

/** What the server writes for a binary payload, as a WebSocket delivers it. */
const delivered = (message: PhoenixMessage): ArrayBuffer => new Uint8Array(Buffer.from(writeFrame(message))).buffer;

const encoded = (frame: PhoenixFrame) => {
  const data = phoenixCodec.encode(frame);
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : data;
};

const bytes = (length: number) => 'x'.repeat(length);

describe('frames', () => {
  it('are text for what is not binary, there and back', () => {
    const frame: PhoenixFrame = ['1', '2', 'room:1', 'shout', { bytes: { 0: 1 } }];
    expect(phoenixCodec.encode(frame)).toBe('["1","2","room:1","shout",{"bytes":{"0":1}}]');
    fc.assert(
      fc.property(fc.option(field), fc.option(field), field, field, fc.jsonValue(), (...parts) => {
        const text = JSON.stringify(parts);
        expect(phoenixCodec.encode(parts)).toBe(text);
        expect(phoenixCodec.decode(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('are binary for binary payloads: a server reads them, and the official client writes the same', () => {
    fc.assert(
      fc.property(field, field, field, field, payload, (joinRef, ref, topic, event, data) => {
        const frame: PhoenixFrame = [joinRef, ref, topic, event, data.slice().buffer];
        const written = encoded(frame) as Buffer; // not text, for it is binary
        expect(readFrame(written, true)).toEqual({ joinRef, ref, topic, event, payload: Buffer.from(data) });
        expect(written.equals(Buffer.from(officialFrame(frame)))).toBe(true);
      }),
    );
  });

  it('are read as the official client reads them, whatever a server sends', () => {
    const message = fc.oneof(
      fc.record({ joinRef: name, ref: fc.constant(null), topic: field, event: field, payload }),
      fc.record({ joinRef: fc.constant(null), ref: fc.constant(null), topic: field, event: field, payload }),
      fc.record({
        joinRef: name,
        ref: name,
        topic: field,
        event: fc.constant('phx_reply'),
        payload: fc.record({ status: fc.constantFrom('ok', 'error'), response: payload }),
      }),
    );
    fc.assert(
      fc.property(message, (sent) => {
        const data = delivered(asServer(sent));
        const [join_ref, ref, topic, event, payload] = phoenixCodec.decode(data);
        expect({ join_ref, ref, topic, event, payload }).toEqual(officialMessage(data));
        expect([join_ref, ref, topic, event]).toEqual([sent.joinRef, sent.ref, sent.topic, sent.event]);
      }),
    );
  });

  it('carry the part of a buffer that a view shows', () => {
    const view = new Uint16Array(Uint8Array.of(0, 0, 1, 2, 3, 4, 0, 0).buffer, 2, 2);
    expect(readFrame(encoded(['1', '2', 't', 'e', view]) as Buffer, true).payload).toEqual(Buffer.of(1, 2, 3, 4));
  });

  it('have no join ref where the server leaves it empty', () => {
    const push = delivered({ joinRef: '', ref: null, topic: 't', event: 'e', payload: Buffer.of(1) });
    expect(phoenixCodec.decode(push)).toEqual([null, null, 't', 'e', Uint8Array.of(1).buffer]);
  });

  it('hold fields of at most 255 bytes', () => {
    const data = new ArrayBuffer(1);
    expect(encoded(['1', '2', bytes(255), 'e', data])).toHaveLength(1 + 4 + 2 + 255 + 1 + 1);
    expect(() => encoded(['1', '2', bytes(256), 'e', data])).toThrow(RangeError);
    expect(() => encoded(['1', '2', 't', 'é'.repeat(128), data])).toThrow(RangeError);
    expect(encoded(['1', '2', bytes(256), 'e', {}])).toContain(bytes(256)); // text has no such limit
  });

  it('are refused when cut short, or of a kind that no server sends', () => {
    const payload = { status: 'ok', response: Buffer.of() };
    const whole = delivered({ joinRef: '1', ref: '2', topic: 'room:1', event: 'phx_reply', payload });
    expect(phoenixCodec.decode(whole)[2]).toBe('room:1');
    for (let length = 0; length < whole.byteLength; length++) {
      expect(() => phoenixCodec.decode(whole.slice(0, length)), `${length} bytes`).toThrow(TypeError);
    }
    expect(() => phoenixCodec.decode(Uint8Array.of(3, 0, 0, 0, 0, 0).buffer)).toThrow(TypeError);
  });
});

/** The server has bytes in Node's own kind of array. */
function asServer(message: PhoenixMessage): PhoenixMessage {
  const { payload } = message;
  if (payload instanceof Uint8Array) return { ...message, payload: Buffer.from(payload) };
  const { status, response } = payload as { status: string; response: Uint8Array }; // the replies among those above
  return { ...message, payload: { status, response: Buffer.from(response) } };
}
