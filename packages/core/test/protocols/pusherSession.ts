import type { AttemptContext, ChannelFact } from '../../src/index';
import { pusher, type PusherFrame, type PusherOptions } from '../../src/protocols/pusher';
import { FakeEnvironment } from '../kit/fakeEnvironment';

export const SOCKET_ID = '12.34';

export const attempt = (signal = new AbortController().signal): AttemptContext => ({
  attempt: 0,
  reason: 'connect',
  signal,
});

/** What the server says first. */
export const welcome = (data: object = { socket_id: SOCKET_ID, activity_timeout: 30 }): PusherFrame => ({
  event: 'pusher:connection_established',
  data,
});

interface Circumstances {
  readonly first?: PusherFrame;
  /** How many retries the line took. */
  readonly retries?: number;
}

/** A session, what it sends and tells, and its time. */
export async function speak(
  options: Partial<PusherOptions> = {},
  { first = welcome(), retries = 0 }: Circumstances = {},
) {
  const sent: PusherFrame[] = [];
  const told: ChannelFact[] = [];
  const clock = new FakeEnvironment();
  const line = new AbortController();
  const session = await pusher({ key: 'key', ...options }).open({
    ...attempt(line.signal),
    clock,
    attempt: retries,
    previous: null,
    receive: () => Promise.resolve(first),
    send: (frame) => void sent.push(frame),
    tell: (fact) => void told.push(fact),
    fail(error) {
      throw error;
    },
  });
  const join = (topic: string, ref: number, signal = new AbortController().signal) =>
    Promise.resolve(session.join({ ref, topic, params: undefined, position: undefined, signal }));
  /** What the session makes of a frame. */
  const hear = (event: string, channel?: string, data?: unknown) => {
    session.receive({ event, channel, data });
    return told.splice(0);
  };
  /** What was sent since the last look. */
  const said = () => sent.splice(0);
  return { session, clock, line, told, join, hear, said };
}

export const SUCCEEDED = 'pusher_internal:subscription_succeeded';

/** Joined to a channel with ref 1, and silent since. */
export async function member(topic: string, options: Partial<PusherOptions> = {}) {
  const spoken = await speak({ authorize: () => Promise.resolve({ auth: 'key:signed' }), ...options });
  await spoken.join(topic, 1);
  spoken.hear(SUCCEEDED, topic, {});
  spoken.said();
  return spoken;
}
