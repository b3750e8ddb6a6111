import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { arrive, closeCodeOf, CODES, openLine, underAttack, type Format } from './peers';
import { startVictim, type Victim } from './startVictim';
import { sign } from './tokens';

let victim: Victim;
beforeAll(async () => {
  victim = await startVictim();
  return () => victim[Symbol.asyncDispose]();
});

const formats = ['centrifugo', 'envelope'] as const satisfies Format[];

/** The status that an upgrade is refused with. */
async function refusalOf({ url }: Victim, origin: string): Promise<number> {
  const socket = new WebSocket(url, { origin });
  socket.on('error', () => {}); // of the request that is given up
  const [request, { statusCode }] = await once(socket, 'unexpected-response');
  request.destroy();
  return statusCode;
}

it('a page of a foreign origin is refused with 403, by default and by a list', async () => {
  const origins = ['https://evil.test', `http://127.0.0.1:${victim.port}.evil.test`, 'null', 'garbage'];
  for (const origin of origins) expect(await refusalOf(victim, origin)).toBe(403);
  await openLine(victim, 'envelope', { origin: `http://127.0.0.1:${victim.port}` });

  await using listed = await startVictim({ origins: ['https://app.test'] });
  await underAttack(listed, async () => {
    for (const origin of ['https://app.test.evil.test', 'http://app.test', 'https://app.test/']) {
      expect(await refusalOf(listed, origin)).toBe(403);
    }
    await openLine(listed, 'envelope', { origin: 'https://app.test' });
  });
});

describe.each(formats)('with the credentials of %s', (format) => {
  const connect = (token: string) =>
    format === 'envelope' ? { type: 'connect', id: 1, payload: { token } } : { id: 1, connect: { token } };

  it.each([
    ['no token', ''],
    ['a forged signature', sign('ann', { secret: 'a guess' })],
    ['a signature of something else', `${sign('ann').split('.')[0]}.${sign('bob').split('.')[1]}`],
    ['no signature', `${sign('ann').split('.')[0]}.`],
    ['something long', 'x'.repeat(60_000)],
  ])('%s lets nobody in', async (_, token) => {
    const client = await openLine(victim, format);
    client.send(connect(token));
    expect(await closeCodeOf(client)).toBe(CODES.invalidToken[format]);
    expect(client.frames).toEqual([]);
  });

  it('an expired token is refused, and a new one on the same line is not', async () => {
    const client = await openLine(victim, format);
    const answer = await client.ask(connect(sign('ann', { expiresAt: Date.now() - 1 })));
    expect(answer).toMatchObject(format === 'envelope' ? { type: 'error', code: 401 } : { error: { code: 109 } });
    client.frames.length = 0;
    expect(await client.ask(connect(sign('ann')))).not.toMatchObject({ type: 'error' });
  });

  it('whoever begins with something else is not let in either', async () => {
    const client = await openLine(victim, format);
    client.send(
      format === 'envelope' ? { type: 'subscribe', id: 1, topic: 'lobby' } : { id: 1, subscribe: { channel: 'lobby' } },
    );
    const code = format === 'envelope' ? CODES.invalidToken : CODES.badRequest;
    expect(await closeCodeOf(client)).toBe(code[format]);
    expect(client.frames).toEqual([]);
  });
});

it("another's private channel is closed in every way, and its owner hears nothing of it", async () => {
  const ann = await arrive(victim, 'ann', 'centrifugo');
  const entry = await ann.ask({ id: 2, subscribe: { channel: 'private:ann', join_leave: true } });
  await ann.ask({ id: 3, publish: { channel: 'private:ann', data: 'a secret' } });
  const { epoch } = entry['subscribe'] as { epoch: string };
  const heard = ann.frames.length;

  await underAttack(victim, async () => {
    const eve = await arrive(victim, 'eve', 'centrifugo');
    const channel = 'private:ann';
    const attempts = [
      { subscribe: { channel } },
      { subscribe: { channel, recover: true, offset: 0, epoch } },
      { subscribe: { channel, token: sign('ann') } },
      { publish: { channel, data: 'a lie' } },
      { publish: { channel, data: { event: 'say', payload: 'a lie' } } },
      { history: { channel, limit: -1 } },
      { presence: { channel } },
      { presence_stats: { channel } },
      { sub_refresh: { channel, token: sign('ann') } },
    ];
    for (const [at, attempt] of attempts.entries()) {
      const answer = await eve.ask({ id: 10 + at, ...attempt });
      expect(answer).toEqual({ id: 10 + at, error: { code: 103, message: 'permission denied' } });
    }
    const mallory = await arrive(victim, 'mallory');
    for (const [at, type] of ['subscribe', 'publish'].entries()) {
      const frame = { type, id: 10 + at, topic: channel, event: 'say', payload: 1, position: `0:${epoch}` };
      expect(await mallory.ask(frame)).toMatchObject({ type: 'error', code: 403 });
    }
  });
  expect(ann.frames).toHaveLength(heard);
});

it('a token of somebody else cannot take over a line that is open', async () => {
  const eve = await arrive(victim, 'eve', 'centrifugo');
  eve.send({ id: 2, refresh: { token: sign('ann') } });
  expect(await closeCodeOf(eve)).toBe(CODES.invalidToken.centrifugo);
});
