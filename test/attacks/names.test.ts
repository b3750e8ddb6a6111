import { expect, it } from 'vitest';
import type { Frame } from '../../packages/server/test/rawClient';
import { arrive, openLine, underAttack } from './peers';
import { startVictim } from './startVictim';
import { sign } from './tokens';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'];

/** As JSON that means what it says: a literal would set the prototype instead of a key. */
const objectWith = (key: string, value: unknown): unknown =>
  JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);

it('names of `Object.prototype` are names like any other: of users, topics, events and keys', async () => {
  await using victim = await startVictim();
  await underAttack(victim, async () => {
    for (const name of NAMES) {
      const [eve, bob] = [await arrive(victim, name), await arrive(victim, 'bob', 'centrifugo')];
      await bob.ask({ id: 2, subscribe: { channel: name, join_leave: true } });
      expect(await eve.ask({ type: 'subscribe', id: 2, topic: name })).toMatchObject({ type: 'ack' });
      const { state } = await eve.until({ type: 'presence' });
      expect((state as Frame[]).map(({ id }) => id).sort()).toEqual([name, 'bob'].sort());

      const payload = objectWith(name, { isAdmin: true });
      expect(await eve.ask({ type: 'publish', id: 3, topic: name, event: name, payload })).toMatchObject({
        type: 'ack',
      });
      expect((await eve.until({ type: 'event' }))['payload']).toEqual(payload);
      const { publications } = (await bob.ask({ id: 3, history: { channel: name, limit: -1 } }))['history'] as Frame;
      expect(publications).toMatchObject([{ data: { event: name, payload } }]);
      for (const { socket } of [eve, bob]) socket.close();
    }
  });
});

it('names of `Object.prototype` are no procedures and no commands', async () => {
  await using victim = await startVictim();
  await underAttack(victim, async () => {
    const [ann, bob] = [await arrive(victim, 'ann', 'centrifugo'), await arrive(victim, 'bob')];
    for (const [at, name] of NAMES.entries()) {
      const id = 10 * (at + 1);
      const notFound = { code: 104, message: 'method not found' };
      expect(await ann.ask({ id, rpc: { method: name } })).toEqual({ id, error: notFound });
      ann.sendText(`{"id":${id + 1},${JSON.stringify(name)}:{"channel":"lobby"}}`);
      expect(await ann.until({ id: id + 1 })).toEqual({ id: id + 1, error: notFound });
      expect(await bob.ask({ type: 'call', id, event: name })).toMatchObject({ type: 'error', code: 404 });
      bob.send({ type: name, id: id + 1, topic: 'lobby' }); // ignored: no frame of the specification
    }
    expect(await bob.ask({ type: 'call', id: 1_000, event: 'echo', payload: 1 })).toMatchObject({ payload: 1 });
  });
});

it('a prototype that is handed to a server as data stays data', async () => {
  await using victim = await startVictim();
  await underAttack(victim, async () => {
    const line = await openLine(victim, 'centrifugo');
    const poison = '{"isAdmin":true}';
    const token = JSON.stringify(sign('eve'));
    const subs = `{"__proto__":{"recover":true,"offset":1,"epoch":"x"},"constructor":{"prototype":${poison}}}`;
    line.sendText(
      `{"__proto__":${poison},"id":1,"connect":{"token":${token},"subs":${subs},"data":{"__proto__":${poison}}}}`,
    );
    expect(await line.until({ id: 1 })).toHaveProperty('connect');
    line.sendText(
      `{"id":2,"rpc":{"method":"echo","data":{"__proto__":${poison},"constructor":{"prototype":${poison}}}}}`,
    );
    const { data } = (await line.until({ id: 2 }))['rpc'] as { data: object };
    expect(Object.keys(data)).toEqual(['__proto__', 'constructor']);
  });
});
