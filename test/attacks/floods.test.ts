import { randomBytes } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { arrive, closeCodeOf, CODES, openLine, underAttack, type Format } from './peers';
import { startVictim, type Victim } from './startVictim';
import { sign } from './tokens';

const formats = ['centrifugo', 'envelope'] as const satisfies Format[];
const MEGABYTE = 2 ** 20;

let victim: Victim;
beforeAll(async () => {
  victim = await startVictim();
  return () => victim[Symbol.asyncDispose]();
});

it('a message of 10 MB is cut off with 1009, in one frame and in many', async () => {
  await underAttack(victim, async () => {
    const text = `{"type":"call","event":"echo","id":2,"payload":"${'x'.repeat(10 * MEGABYTE)}"}`;
    const whole = await arrive(victim, 'eve');
    whole.sendText(text);
    expect(await closeCodeOf(whole)).toBe(1009);

    const parts = await arrive(victim, 'eve');
    for (let at = 0; at < text.length; at += 1_000) parts.socket.send(text.slice(at, at + 1_000), { fin: false });
    expect(await closeCodeOf(parts)).toBe(1009);
  });
});

it('a zip bomb is cut off with 1009 before it has unfolded', async () => {
  await using compressing = await startVictim({ compression: true });
  await underAttack(compressing, async () => {
    for (let count = 0; count < 4; count++) {
      const eve = await openLine(compressing, 'envelope', { perMessageDeflate: true });
      expect(eve.socket.extensions).toBe('permessage-deflate');
      eve.socket.send(' '.repeat(20 * MEGABYTE)); // 20 kB on the wire
      expect(await closeCodeOf(eve)).toBe(1009);
    }
  });
});

it.each(formats)('100,000 tiny frames of %s use up what a client has, and end with a code', async (format) => {
  await underAttack(victim, async () => {
    for (const text of ['{}', '']) {
      const eve = await arrive(victim, 'eve', format);
      for (let count = 0; count < 100_000; count++) eve.sendText(text);
      const { badRequest, tooManyRequests } = CODES;
      expect([tooManyRequests[format], badRequest[format]]).toContain(await closeCodeOf(eve));
    }
  });
});

it('pings of the WebSocket itself, of which nobody reads the answers, end with a code too', async () => {
  await underAttack(victim, async () => {
    const eve = await arrive(victim, 'eve');
    eve.socket.pause();
    for (let count = 0; count < 20_000; count++) eve.socket.ping('x'.repeat(125)); // to be read before the line is cut
    eve.socket.resume();
    expect(await closeCodeOf(eve)).toBe(CODES.tooManyRequests.envelope);
  });
});

it.each(formats)(
  'of 10,000 joins of %s, 128 are let in, the next are refused, and then it is enough',
  async (format) => {
    const join = (id: number) =>
      format === 'envelope'
        ? { type: 'subscribe', id, topic: `room ${id}` }
        : { id, subscribe: { channel: `room ${id}` } };
    const limitExceeded = format === 'envelope' ? { type: 'error', code: 403 } : { error: { code: 106 } };
    await underAttack(victim, async () => {
      const eve = await arrive(victim, 'eve', format);
      const ids = Array.from({ length: 10_000 }, (_, index) => 2 + index);
      eve.send(...ids.slice(0, 500).map(join));
      expect(await eve.until({ id: 501 })).toMatchObject(limitExceeded);
      const refused = eve.frames.filter((frame) => 'error' in frame || frame['type'] === 'error');
      expect(refused).toHaveLength(500 - 128);
      eve.send(...ids.slice(500).map(join));
      expect(await closeCodeOf(eve)).toBe(CODES.tooManyRequests[format]);
    });
  },
);

it('coming and going through ever new channels is bounded as well', async () => {
  await underAttack(victim, async () => {
    const eve = await arrive(victim, 'eve', 'centrifugo');
    const channel = () => randomBytes(120).toString('hex');
    for (let id = 2; id < 10_000; id += 2) {
      const name = channel();
      eve.send({ id, subscribe: { channel: name } }, { id: id + 1, unsubscribe: { channel: name } });
    }
    expect(await closeCodeOf(eve)).toBe(CODES.tooManyRequests.centrifugo);
  });
});

it('a history that is asked for a thousand times in one frame is not answered a thousand times', async () => {
  await underAttack(victim, async () => {
    const eve = await arrive(victim, 'eve', 'centrifugo');
    await eve.ask({ id: 2, subscribe: { channel: 'loud' } });
    for (let id = 3; id < 103; id++) eve.send({ id, publish: { channel: 'loud', data: 'x'.repeat(60_000) } });
    await eve.until({ id: 102 });
    const ask = (_: unknown, at: number) => JSON.stringify({ id: 1_000 + at, history: { channel: 'loud', limit: -1 } });
    eve.socket.pause();
    eve.sendText(Array.from({ length: 800 }, ask).join('\n'));
    await arrive(victim, 'bystander'); // by now it was taken
    eve.socket.resume();
    expect(await closeCodeOf(eve)).toBe(CODES.slow.centrifugo);
    expect(eve.frames.filter(({ history }) => history).length).toBeLessThan(100);
  });
});

it('what somebody sends whom the server is still asking about is bounded', async () => {
  await underAttack(victim, async () => {
    for (let count = 0; count < 5; count++) {
      const eve = await openLine(victim, 'centrifugo');
      eve.send({ id: 1, connect: { token: sign('undecided') } });
      for (let id = 2; id < 200; id++) eve.send({ id, rpc: { method: 'echo', data: 'x'.repeat(60_000) } });
      expect(await closeCodeOf(eve)).toBe(CODES.tooManyRequests.centrifugo);
    }
  });
});
