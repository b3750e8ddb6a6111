import { describe, expect, test } from 'vitest';
import { channelStage } from '../channels/kit';
import { microtasks } from '../kit/fakeEnvironment';

describe('a frame that leaves out what it needs', () => {
  test.each([
    { type: 'ack' },
    { type: 'error', message: 'no' },
    { type: 'event', event: 'said' },
    { type: 'event', topic: null, event: 'said' },
    { type: 'event', topic: 'undefined' },
    { type: 'ended' },
    { type: 'presence', state: [] },
  ])('is an `invalid` event, and reaches no channel: %j', async (frame) => {
    const on = channelStage();
    await on.online();
    const rooms = ['undefined', 'null'].map((topic) => on.channel(topic));
    const heard: unknown[] = [];
    for (const room of rooms) {
      room.on('*', (message) => heard.push(message));
      room.retain();
    }
    await microtasks();
    await on.accept('undefined');
    await on.accept('null');
    const before = rooms.map((room) => room.getSnapshot());
    await on.tell(frame);
    expect([on.heardOf('invalid').length, heard]).toEqual([1, []]);
    expect(rooms.map((room) => room.getSnapshot())).toEqual(before);
  });
});
