import { describe, expect, test, vi } from 'vitest';
import { channelStage } from './kit';
import { microtasks } from '../kit/fakeEnvironment';

const statusOf = (room: { getSnapshot(): { status: string } }) => room.getSnapshot().status;

describe('joining', () => {
  test('happens on the first retain, once, and is a status', async () => {
    const { channel, online, said, accept } = channelStage();
    await online();
    const room = channel('room');
    expect([statusOf(room), said()]).toEqual(['idle', []]);
    room.retain();
    room.retain();
    await microtasks();
    expect(statusOf(room)).toBe('joining');
    expect(said()).toEqual([{ type: 'subscribe', id: expect.any(Number), topic: 'room' }]);
    await accept('room', { payload: { motd: 'hi' } });
    expect(room.getSnapshot()).toMatchObject({ status: 'joined', joinReply: { motd: 'hi' }, recovered: null });
  });
});
