import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectRaw } from '../../packages/server/test/rawClient';
import { startEnvelopeServer, type EnvelopeServer } from '../../test/support/envelopeServer';
import { read } from './pages';

let server: EnvelopeServer;
beforeAll(async () => {
  server = await startEnvelopeServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const connect = () => connectRaw(server.url);

describe('the server of the specification', () => {
  it('has the 30 lines that are promised', () => {
    expect(read('docs/examples/envelopeServer.mjs').trim().split('\n')).toHaveLength(30);
  });

  it('takes the subprotocol, and answers a ping', async () => {
    const client = await connect();
    client.send({ type: 'ping' });
    expect(await client.until({ type: 'pong' })).toEqual({ type: 'pong' });
    expect(client.socket.protocol).toBe('tautline.envelope.v1');
  });

  it('hands an event to all who are subscribed, the publisher included', async () => {
    const [one, other, third] = [await connect(), await connect(), await connect()];
    for (const client of [one, other]) {
      expect(await client.ask({ type: 'subscribe', id: 1, topic: 'room' })).toEqual({ type: 'ack', id: 1 });
    }
    await third.ask({ type: 'subscribe', id: 1, topic: 'another room' });
    expect(await one.ask({ type: 'publish', id: 2, topic: 'room', event: 'say', payload: 'hi' })).toEqual({
      type: 'ack',
      id: 2,
    });
    const event = { type: 'event', topic: 'room', event: 'say', payload: 'hi' };
    for (const client of [one, other]) expect(await client.until({ type: 'event' })).toEqual(event);
    expect(third.frames).toHaveLength(1);
  });

  it('forgets who unsubscribed or went away', async () => {
    const [one, other] = [await connect(), await connect()];
    for (const client of [one, other]) await client.ask({ type: 'subscribe', id: 1, topic: '__proto__' });
    expect(await one.ask({ type: 'unsubscribe', id: 2, topic: '__proto__' })).toEqual({ type: 'ack', id: 2 });
    const publish = { type: 'publish', topic: '__proto__', event: 'say' };
    expect(await one.ask({ ...publish, id: 3 })).toMatchObject({ type: 'error', id: 3 });
    one.socket.terminate();
    await vi.waitFor(() => expect(one.closed).toHaveLength(1));
    await other.ask({ ...publish, id: 4 });
    expect(other.frames.filter(({ type }) => type === 'event')).toHaveLength(1);
  });

  it('ignores what is no frame, and refuses what it does not do', async () => {
    const client = await connect();
    for (const text of ['', '{', 'null', '5', '[]', '{"type":"publish"}', '{"type":"nonsense"}']) client.sendText(text);
    expect(await client.ask({ type: 'call', id: 1, event: 'add' })).toMatchObject({ type: 'error', id: 1 });
    expect(client.frames).toHaveLength(1);
  });
});
