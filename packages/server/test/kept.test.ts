import { describe, expect, it } from 'vitest';
import type { ChannelServerOptions } from '../src';
import { simulate, type Simulation } from './simulation';

/** With data that counts as 1,000 bytes: 256 for each publication, and its JSON. */
function setUp(options: Pick<ChannelServerOptions, 'channels' | 'limits'>) {
  const simulation = simulate(options);
  const json = JSON.stringify('x'.repeat(742));
  return {
    ...simulation,
    publish: (channel: string) => simulation.context.hub.publish(channel, { event: undefined, json }),
  };
}

const offsetsOf = ({ context }: Pick<Simulation, 'context'>, channel: string) =>
  context.hub.history(channel, { limit: -1 }).publications.map(({ position }) => position?.offset);

describe('a history', () => {
  it('keeps no more than `maxBytes`, the newest', () => {
    const server = setUp({ channels: { room: { history: { maxBytes: 3_000 } } } });
    for (let count = 0; count < 5; count++) server.publish('room');
    expect(offsetsOf(server, 'room')).toEqual([3, 4, 5]);
    expect(server.context.hub.keptBytes).toBe(3_000);
  });

  it('keeps nothing of what is longer than that, and says so to who comes back', async () => {
    const server = setUp({ channels: { room: { history: { maxBytes: 900 } } } });
    const before = server.context.hub.history('room', {}).position;
    server.publish('room');
    expect(offsetsOf(server, 'room')).toEqual([]);
    const line = server.open();
    await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'room', recover: true, ...before } });
    expect(line.frames[1]).toMatchObject({ subscribe: { was_recovering: true, recovered: false, offset: 1 } });
  });

  it('that is forgotten makes room', async () => {
    const server = setUp({ channels: { '*': { history: { age: 1_000 } } } });
    for (const channel of ['a', 'b']) server.publish(channel);
    expect(server.context.hub.keptBytes).toBe(2_000);
    await server.clock.pass(1_000);
    expect([server.context.hub.size, server.context.hub.keptBytes, server.clock.timers]).toEqual([0, 0, 0]);
  });
});

describe('what all channels keep', () => {
  it('is bounded by `maxKeptBytes`: those where nobody is are forgotten first, the longest left before others', async () => {
    const server = setUp({ limits: { maxKeptBytes: 4_000 } });
    const line = server.open();
    await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'live' } });
    for (const channel of ['live', 'old', 'older', 'old', 'new']) server.publish(channel);
    expect(server.context.hub.keptBytes).toBe(4_000);
    expect(['live', 'old', 'new'].map((channel) => offsetsOf(server, channel))).toEqual([[1], [1, 2], [1]]);
    expect(offsetsOf(server, 'older')).toEqual([]);
  });

  it('is bounded also where somebody is everywhere: then the channel that grows keeps less', async () => {
    const server = setUp({ limits: { maxKeptBytes: 3_000 } });
    const line = server.open();
    await line.send(
      { id: 1, connect: {} },
      { id: 2, subscribe: { channel: 'a' } },
      { id: 3, subscribe: { channel: 'b' } },
    );
    for (const channel of ['a', 'b', 'b', 'b']) server.publish(channel);
    expect([offsetsOf(server, 'a'), offsetsOf(server, 'b')]).toEqual([[1], [2, 3]]);
  });
});

describe('channels where nobody is', () => {
  it('are remembered up to `maxIdleChannels`, those that were left last', async () => {
    const { clock, context, open } = simulate({ limits: { maxIdleChannels: 10 } });
    const line = open();
    await line.send({ id: 1, connect: {} }, { id: 2, subscribe: { channel: 'home' } });
    for (let id = 3; id < 203; id += 2) {
      const channel = `room:${id}`;
      await line.send({ id, subscribe: { channel } }, { id: id + 1, unsubscribe: { channel } });
    }
    expect(line.closed).toEqual([]);
    expect(context.hub.size).toBe(11);
    expect(context.hub.members('home')).toHaveLength(1);
    line.drop();
    await clock.pass(300_000);
    expect([context.hub.size, clock.timers]).toEqual([0, 0]);
  });

  it('are not forgotten while they are being entered, even where none is remembered', async () => {
    const { context, open } = simulate({ limits: { maxIdleChannels: 0 } });
    const line = open();
    await line.send(
      { id: 1, connect: {} },
      { id: 2, subscribe: { channel: 'a' } },
      { id: 3, subscribe: { channel: 'b' } },
    );
    for (const channel of ['a', 'b']) context.hub.publish(channel, { event: undefined, json: '1' });
    expect(line.frames.filter((frame) => 'push' in frame)).toHaveLength(2);
  });
});
