import { channel, type AnyChannel, type ChannelOptions } from '../../src/index';
import { envelope } from '../../src/protocols/envelope';
import { microtasks } from '../kit/fakeEnvironment';
import { stage, type Stage } from '../kit/stage';

type Frame = Record<string, unknown>;

/** A connection on fakes that speaks envelope, and the server's side of its newest socket. */
export interface ChannelStage extends Stage<Frame, Frame> {
  /** Connects, the server accepts, and everything settles. */
  online(): Promise<void>;
  channel(topic: string, options?: ChannelOptions): AnyChannel;
  /** Frames the newest socket carried to the server since the last look. */
  said(): Frame[];
  /** The server says something. */
  tell(frame: Frame): Promise<void>;
  /** The server lets a topic's last subscriber in. */
  accept(topic: string, reply?: Frame): Promise<void>;
  /** The line is lost, and comes back. */
  drop(): Promise<void>;
}

export function channelStage(options: Parameters<typeof stage>[0] = {}): ChannelStage {
  const on = stage<Frame, Frame>({ ...(options as object), channels: envelope({ heartbeat: false }) });
  const ids = new Map<unknown, unknown>();
  let seen = 0;
  let newest: unknown;

  const frames = () => on.socket().sent.map((data) => JSON.parse(String(data)) as Frame);
  const note = () => {
    for (const { type, topic, id } of frames()) if (type === 'subscribe') ids.set(topic, id);
  };
  const self: ChannelStage = {
    ...on,
    channel: (topic, given) => channel(on.connection, topic, given),
    async online() {
      on.up();
      await microtasks();
    },
    said() {
      if (newest !== on.socket()) [newest, seen] = [on.socket(), 0];
      const all = frames();
      const fresh = all.slice(seen);
      seen = all.length;
      return fresh;
    },
    async tell(frame) {
      on.socket().deliver(JSON.stringify(frame));
      await microtasks();
    },
    async accept(topic, reply = {}) {
      note();
      await self.tell({ type: 'ack', id: ids.get(topic), ...reply });
    },
    async drop() {
      on.socket().end(1006);
      on.environment.advance(60_000);
      on.socket().accept();
      await microtasks();
    },
  };
  return self;
}

export const statusOf = (room: AnyChannel): string => room.getSnapshot().status;
