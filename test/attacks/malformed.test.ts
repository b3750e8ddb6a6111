import { once } from 'node:events';
import type { Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { arrive, closeCodeOf, CODES, connectTcp, openLine, underAttack, type Format } from './peers';
import { startVictim, type Victim } from './startVictim';

const formats = ['centrifugo', 'envelope'] as const satisfies Format[];

let victim: Victim;
beforeAll(async () => {
  victim = await startVictim();
  return () => victim[Symbol.asyncDispose]();
});

/** A WebSocket without a library that would keep the rules. */
async function upgrade(): Promise<Socket> {
  const socket = await connectTcp(victim);
  const head = [
    'GET /connection/websocket HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ];
  socket.write(head.join('\r\n'));
  expect(String((await once(socket, 'data'))[0])).toContain('101 Switching Protocols');
  return socket;
}

/** Where everything is masked with zeros, bytes stay what they are. */
const maskedFrame = (firstByte: number, payload: readonly number[]) =>
  Buffer.from([firstByte, 0x80 | payload.length, 0, 0, 0, 0, ...payload]);

it('bytes that are no WebSocket are answered with the code of RFC 6455, and an end', async () => {
  const wrong: [what: string, bytes: Buffer, code: number][] = [
    ['text that is no UTF-8', maskedFrame(0x81, [0xc3, 0x28]), 1007],
    ['text that ends in the middle of a character', maskedFrame(0x81, [0xe2, 0x82]), 1007],
    ['a frame without a mask', Buffer.from([0x81, 2, 0x7b, 0x7d]), 1002],
    ['a kind of frame that there is not', maskedFrame(0x83, []), 1002],
    ['reserved bits', maskedFrame(0xf1, []), 1002],
    ['a continuation of nothing', maskedFrame(0x80, [0x7b]), 1002],
    ['a ping that is too long', Buffer.from([0x89, 0xfe, 0, 126]), 1002],
    ['a close code that nobody may send', maskedFrame(0x88, [0x03, 0xed]), 1002],
    ['a length that no memory has', Buffer.from([0x81, 0xff, 0x7f, ...Array(7).fill(0xff)]), 1009],
  ];
  await underAttack(victim, async () => {
    for (const [what, bytes, code] of wrong) {
      const socket = await upgrade();
      socket.write(bytes);
      const [frame] = (await once(socket, 'data')) as [Buffer]; // a socket without an encoding
      expect([frame[0], frame.readUInt16BE(2)], what).toEqual([0x88, code]);
      await once(socket, 'end');
    }
  });
});

describe.each(formats)('a frame of %s', (format) => {
  const call = (payload: string) =>
    format === 'envelope'
      ? `{"type":"call","event":"echo","id":2,"payload":${payload}}`
      : `{"id":2,"rpc":{"method":"echo","data":${payload}}}`;
  const publish = (payload: string) =>
    format === 'envelope'
      ? `{"type":"publish","topic":"lobby","event":"say","id":3,"payload":${payload}}`
      : `{"id":3,"publish":{"channel":"lobby","data":${payload}}}`;
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  it('with 100,000 levels of JSON is too long, or makes no sense, or is answered', async () => {
    const eve = await arrive(victim, 'eve', format);
    eve.sendText(call(nested(100_000)));
    expect(await closeCodeOf(eve)).toBe(1009);

    await using large = await startVictim({ limits: { maxPayload: 1_048_576 } });
    await underAttack(large, async () => {
      for (const text of [call(nested(100_000)), publish(nested(100_000)), '['.repeat(1_000_000)]) {
        const mallory = await arrive(large, 'mallory', format);
        mallory.sendText(text);
        mallory.send(format === 'envelope' ? { type: 'call', id: 9 } : { id: 9, rpc: {} });
        await expect.poll(() => mallory.closed.length + mallory.frames.filter(({ id }) => id === 9).length).toBe(1);
        if (mallory.closed.length) expect(await closeCodeOf(mallory)).toBe(CODES.badRequest[format]);
      }
    });
  });

  it('that says nothing sensible does no harm', async () => {
    const noise = ['', '{', 'null', '[]', '"x"', '1e999', '\u0000', '\ud800', '{"id":{}}', '{"id":-1,"type":[]}'];
    await underAttack(victim, async () => {
      for (const text of noise) {
        const eve = await openLine(victim, format);
        eve.sendText(text);
        eve.socket.send(Buffer.from(text));
        eve.socket.close();
        expect([1005, CODES.badRequest[format]]).toContain(await closeCodeOf(eve)); // 1005: ours, without a code
      }
    });
  });
});
