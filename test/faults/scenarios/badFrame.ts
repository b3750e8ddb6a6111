import { describe, expect, test } from 'vitest';
import { expectAnswer, QUICK, untilHeard } from '../lab';
import { frame, OPCODES, startHostileServer } from '../hostileServer';
import type { Kind } from '../subject/subject';

const FISH = Buffer.from('\u{1f3a3}'); // four bytes
const UNFINISHED = 0; // no FIN: more of the message follows

/** What no WebSocket may accept (RFC 6455 sections 5.2, 5.5 and 8.1). */
const BROKEN: Readonly<Record<string, Buffer>> = {
  noise: Buffer.from('HTTP/1.1 500 Oops\r\n\r\n'),
  'a reserved opcode': frame(OPCODES.reserved, 'x'),
  'a reserved bit': frame(OPCODES.text, 'x', 0xc0),
  'a mask, which is for clients': Buffer.of(0x81, 0x81, 1, 2, 3, 4, 0x79),
  'a length of 2 to the 63': Buffer.of(0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0),
  'half a character': frame(OPCODES.text, FISH.subarray(0, 2)),
  'an end of something that never began': frame(OPCODES.continuation, 'x'),
  'a message inside of another': Buffer.concat([frame(OPCODES.text, 'a', UNFINISHED), frame(OPCODES.text, 'b')]),
  'a ping in two parts': frame(OPCODES.ping, 'x', UNFINISHED),
  'half a close code': frame(OPCODES.close, Uint8Array.of(3)),
  'a close reason of half a character': frame(OPCODES.close, Buffer.concat([Buffer.of(3, 232), FISH.subarray(0, 2)])),
};

/** What a server sends that it should not, over this kind of socket. */
export function describeBadFrames(kind: Kind): void {
  /** A server that sends this to the first that connects, and a connection to it. */
  const greeted = async (bytes: Buffer, setting = {}) => {
    const { url } = await startHostileServer((tcp, _, number) => number === 0 && tcp.write(bytes));
    const subject = await kind.open({ url, reconnect: QUICK, ...setting });
    await subject.connect();
    return subject;
  };

  describe('a server that sends', () => {
    test.each(Object.entries(BROKEN))(
      '%s costs the line, delivers nothing, and is given another chance',
      async (_, bytes) => {
        const subject = await greeted(bytes);
        await untilHeard(subject, 'error connection-closed', 'reconnected');
        const { heard } = await subject.report();
        expect(heard).toEqual(['connected', 'disconnected', 'error connection-closed', 'connected', 'reconnected']);
        await expectAnswer(subject);
      },
    );

    test('a character in two frames is understood', async () => {
      const halves = [
        frame(OPCODES.text, FISH.subarray(0, 2), UNFINISHED),
        frame(OPCODES.continuation, FISH.subarray(2)),
      ];
      const subject = await greeted(Buffer.concat(halves));
      await untilHeard(subject, 'message \u{1f3a3}');
      await expectAnswer(subject);
      expect(await subject.report()).toMatchObject({ sockets: 1 });
    });

    test('no JSON, half of it, nothing, and binary has it reported, and the line stays', async () => {
      const frames = [
        frame(OPCODES.text, 'garbage'),
        frame(OPCODES.text, '{"a":'),
        frame(OPCODES.text, ''),
        frame(OPCODES.binary, Uint8Array.of(0, 255)),
        frame(OPCODES.text, '{"a":1}'),
      ];
      const subject = await greeted(Buffer.concat(frames), { json: true });
      await untilHeard(subject, 'message {"a":1}');
      await expectAnswer(subject);
      const { heard, sockets } = await subject.report();
      expect(heard.slice(0, 6)).toEqual(['connected', ...Array(4).fill('invalid incoming'), 'message {"a":1}']);
      expect(sockets).toBe(1);
    });

    test('the beginning of 100 MB and nothing more is given up, however much was announced', async () => {
      const announced = Buffer.of(0x82, 127, 0, 0, 0, 0, 5, 245, 225, 0);
      const subject = await greeted(Buffer.concat([announced, Buffer.alloc(1_000)]), {
        heartbeat: { interval: 300, timeout: 700 }, // its answer waits behind the message for ever
      });
      await untilHeard(subject, 'error heartbeat-timeout', 'reconnected');
      await expectAnswer(subject);
    });
  });
}
