import { describe, expect, it, vi } from 'vitest';
import { Refusal, type ChannelServerOptions } from '../src';
import { connectRaw } from './rawClient';
import { serve } from './support';

const open = { '*': { publish: true } };

/** A server, and clients of the envelope. */
async function setUp(options: Omit<ChannelServerOptions, 'port' | 'server'> = { channels: open }) {
  const { url, server } = await serve(options);
  return { server, url, connect: () => connectRaw(url) };
}

describe('a client of the envelope', () => {
  it('is chosen by the subprotocol', async () => {
    const { connect } = await setUp();
    expect((await connect()).socket.protocol).toBe('tautline.envelope.v1');
  });

  it('subscribes, publishes and gets what is published, itself included', async () => {
    const { connect } = await setUp();
    const [one, other] = [await connect(), await connect()];
    for (const client of [one, other]) {
      expect(await client.ask({ type: 'subscribe', id: 1, topic: 'room' })).toMatchObject({ type: 'ack', id: 1 });
    }
    const ack = await one.ask({ type: 'publish', id: 2, topic: 'room', event: 'say', payload: { text: 'hi' } });
    expect(ack).toEqual({ type: 'ack', id: 2 });
    const event = { type: 'event', topic: 'room', event: 'say', payload: { text: 'hi' } };
    for (const client of [one, other]) expect(await client.until({ type: 'event' })).toMatchObject(event);
  });

  it('hears nothing any more once it has unsubscribed, which is acknowledged', async () => {
    const { connect, server } = await setUp();
    const client = await connect();
    await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
    expect(await client.ask({ type: 'unsubscribe', id: 2, topic: 'room' })).toEqual({ type: 'ack', id: 2 });
    server.publish('room', 'too late');
    await client.ask({ type: 'unsubscribe', id: 3, topic: 'room' });
    expect(client.frames.filter(({ type }) => type === 'event')).toEqual([]);
  });

  it('is answered a ping, and ignored when it sends what is no frame', async () => {
    const { connect } = await setUp();
    const client = await connect();
    for (const text of ['', '{', 'null', '[]', '5', '{"type":"nonsense","id":1}', '{"type":"publish"}', '{"id":2}']) {
      client.sendText(text);
    }
    client.socket.send(Buffer.from([1, 2, 3]));
    client.send({ type: 'ping' });
    expect(await client.until({ type: 'pong' })).toEqual({ type: 'pong' });
    expect(client.frames).toHaveLength(1);
  });

  it('is told what a frame lacks', async () => {
    const { connect } = await setUp();
    const client = await connect();
    const badFrames = [
      { type: 'subscribe' },
      { type: 'publish', topic: 'room' },
      { type: 'call' },
      { type: 'unsubscribe', topic: 5 },
    ];
    for (const [index, frame] of badFrames.entries()) {
      const id = index + 1;
      expect(await client.ask({ ...frame, id })).toEqual({ type: 'error', id, message: 'bad request', code: 400 });
    }
  });

  it('may send its first frames at once, and they are answered in order', async () => {
    const { connect } = await setUp();
    const client = await connect();
    client.send(
      { type: 'connect', id: 1, payload: {} },
      { type: 'subscribe', id: 2, topic: 'room' },
      { type: 'unsubscribe', id: 3, topic: 'room' },
      { type: 'subscribe', id: 4, topic: 'room' },
      { type: 'publish', id: 5, topic: 'room', event: 'say' },
    );
    await client.until({ id: 5 });
    expect(client.frames.map(({ type, id, event }) => id ?? event ?? type)).toEqual([1, 2, 3, 4, 'say', 5]);
  });
});

describe('tokens in the envelope', () => {
  const authorize: ChannelServerOptions['authorize'] = ({ token }) => {
    if (token === 'old') throw new Refusal('token-expired');
    return token ? { user: token, data: { name: token } } : null;
  };

  it('are brought by connect, whose ack says what the server has to tell', async () => {
    const { connect } = await setUp({ authorize });
    const reply = await (await connect()).ask({ type: 'connect', id: 1, payload: { token: 'ann' } });
    expect(reply).toMatchObject({ type: 'ack', payload: { data: { name: 'ann' } } });
  });

  it('that have expired are refused with 401, and another may be tried', async () => {
    const { connect } = await setUp({ authorize });
    const client = await connect();
    expect(await client.ask({ type: 'connect', id: 1, payload: { token: 'old' } })).toMatchObject({
      type: 'error',
      code: 401,
    });
    expect(await client.ask({ type: 'connect', id: 2, payload: { token: 'new' } })).toMatchObject({ type: 'ack' });
  });

  it('that are missing close the line with 4403, or with what the hook said', async () => {
    const { connect } = await setUp({ authorize });
    const client = await connect();
    client.send({ type: 'subscribe', id: 1, topic: 'room' });
    await vi.waitFor(() => expect(client.closed).toEqual([{ code: 4403, reason: 'invalid token' }]));
    const later = await setUp({
      authorize: () => {
        throw new Refusal('unauthorized');
      },
    });
    const other = await later.connect();
    other.send({ type: 'subscribe', id: 1, topic: 'room' });
    await vi.waitFor(() => expect(other.closed).toMatchObject([{ code: 4401 }]));
  });

  it('are not needed where everybody may connect, however long that goes without saying', async () => {
    const { url } = await serve({ limits: { handshakeTimeout: 10, pingInterval: 10 }, channels: open });
    const client = await connectRaw(url);
    await client.until({ type: 'ping' }); // only who is connected is pinged
    expect(await client.ask({ type: 'subscribe', id: 1, topic: 'room' })).toMatchObject({ type: 'ack' });
  });
});

describe('positions in the envelope', () => {
  it('come with the ack and each event, and recover what was missed after the ack, in order', async () => {
    const { connect, server } = await setUp();
    const first = await connect();
    const { position: start } = await first.ask({ type: 'subscribe', id: 1, topic: 'room' });
    server.publish('room', 1, { event: 'count' });
    const { position } = await first.until({ type: 'event' });
    for (const count of [2, 3]) server.publish('room', count, { event: 'count' });
    first.socket.terminate();

    const second = await connect();
    const ack = await second.ask({ type: 'subscribe', id: 1, topic: 'room', position });
    expect(ack).toEqual({ type: 'ack', id: 1, recovered: true, position });
    expect(second.frames.slice(1).map(({ payload }) => payload)).toEqual([2, 3]);
    const third = await connect();
    await third.ask({ type: 'subscribe', id: 1, topic: 'room', position: start });
    expect(third.frames.slice(1).map(({ payload }) => payload)).toEqual([1, 2, 3]);
  });

  it('that are gone, or of somebody else, are not recovered', async () => {
    const { connect, server } = await setUp({ channels: { '*': { history: { size: 1 } } } });
    const client = await connect();
    const { position } = await client.ask({ type: 'subscribe', id: 1, topic: 'room' });
    for (const count of [1, 2]) server.publish('room', count);
    for (const [index, token] of [position, '1:other', 'nonsense', 5, {}].entries()) {
      const each = await connect();
      const id = index + 1;
      const ack = await each.ask({ type: 'subscribe', id, topic: 'room', position: token });
      expect(ack).toMatchObject({ recovered: false, position: expect.stringMatching(/^2:/) });
    }
  });

  it('are absent where the channel keeps no history', async () => {
    const { connect } = await setUp({ channels: { '*': { history: false, publish: true } } });
    const client = await connect();
    expect(await client.ask({ type: 'subscribe', id: 1, topic: 'room', position: 'x' })).toEqual({
      type: 'ack',
      id: 1,
      recovered: false,
    });
    await client.ask({ type: 'publish', id: 2, topic: 'room', event: 'say', payload: 1 });
    expect(client.frames[1]).toEqual({ type: 'event', topic: 'room', event: 'say', payload: 1 });
  });
});
