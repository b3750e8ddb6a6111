import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channel, type AnyChannel } from '../../src/index';
import { envelope } from '../../src/protocols/envelope';
import { microtasks } from '../kit/fakeEnvironment';
import { stage } from '../kit/stage';

type Frame = { readonly type?: string; readonly topic?: string; readonly [field: string]: unknown };

const TOPICS = ['a', 'b', 'c'];

/** What happens next, to the channel of this number. Frames arrive only when the network moves. */
type Move =
  | { readonly do: 'retain' | 'release' | 'leave' | 'publish' | 'end' | 'crash'; readonly at: number }
  | { readonly do: 'network' | 'drop' | 'up' | 'wait' };

const at = fc.constantFrom(0, 1, 2);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('retain' as const, 'release' as const), at }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('publish' as const), at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'end' as const, 'crash' as const), at }) },
  { weight: 8, arbitrary: fc.constant<Move>({ do: 'network' }) },
  { weight: 4, arbitrary: fc.constantFrom<Move>({ do: 'wait' }, { do: 'up' }, { do: 'drop' }) },
);

/** Channels on fakes, and a server that takes its subscriptions seriously. */
class World {
  readonly on = stage<Frame, Frame>({ channels: envelope({ heartbeat: false }) as never }); // its frames are these
  readonly rooms: AnyChannel[] = TOPICS.map((topic) => channel(this.on.connection, topic, { joinTimeout: 1_000 }));
  readonly releases: (() => void)[][] = TOPICS.map(() => []);
  readonly heard: number[][] = TOPICS.map(() => []);
  /** Whom the server has let in, on the newest socket. */
  readonly members = new Set<string>();
  /** Frames on their way down. */
  readonly down: Frame[] = [];
  /** What the server would not do: subscribe a member, or unsubscribe a stranger. */
  readonly complaints: string[] = [];
  published = 0;
  read = 0;
  newest: unknown;

  constructor() {
    this.rooms.forEach((room, index) => room.on('said', (n) => this.heard[index]?.push(n as number)));
    this.on.connection.connect();
  }

  /** The server reads what has arrived. */
  serve(): void {
    const socket = this.on.socket();
    if (socket !== this.newest) {
      this.newest = socket;
      this.read = this.down.length = 0;
      this.members.clear();
    }
    for (; this.read < socket.sent.length; this.read++) {
      const { type, id, topic = '' } = JSON.parse(String(socket.sent[this.read])) as Frame;
      if (type === 'subscribe') {
        if (this.members.has(topic)) this.complaints.push(`${topic} twice`);
        this.members.add(topic);
      }
      if (type === 'unsubscribe') this.members.delete(topic);
      this.down.push({ type: 'ack', id });
    }
  }

  async network(): Promise<void> {
    this.serve();
    const socket = this.on.socket();
    const arriving = this.down.splice(0);
    if (socket.readyState === 1) for (const frame of arriving) socket.deliver(JSON.stringify(frame));
    await microtasks();
    this.serve();
  }

  end(topic: string, retry: boolean): void {
    this.serve();
    if (this.members.delete(topic)) this.down.push({ type: 'ended', topic, message: 'over', retry });
  }

  async go({ do: what, ...move }: Move): Promise<void> {
    const index = 'at' in move ? move.at : 0;
    const [room, topic = ''] = [this.rooms[index], TOPICS[index]];
    if (what === 'retain' && room) this.releases[index]?.push(room.retain());
    if (what === 'release') this.releases[index]?.pop()?.();
    if (what === 'leave') room?.leave();
    if (what === 'end' || what === 'crash') this.end(topic, what === 'crash');
    if (what === 'publish') {
      this.serve();
      if (this.members.has(topic)) this.down.push({ type: 'event', topic, event: 'said', payload: ++this.published });
    }
    if (what === 'network') await this.network();
    if (what === 'wait') this.on.environment.advance(1_500);
    if (what === 'up' && this.on.socket().readyState === 0) this.on.socket().accept();
    if (what === 'drop' && this.on.socket().readyState === 1) this.on.socket().end(1006);
    await microtasks();
  }

  /** Everything arrives, the line comes back, every wait ends. */
  async settle(): Promise<void> {
    for (let round = 0; round < 60; round++) {
      await this.go({ do: 'up' });
      await this.network();
      this.on.environment.advance(500);
      await microtasks();
    }
  }
}

/** Lives many lives, and looks at the world after each step and at its end. */
async function always(step: (world: World) => void, end: (world: World) => void = () => {}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 60, size: 'max' }), async (moves) => {
      const world = new World();
      for (const next of moves) {
        await world.go(next);
        step(world);
      }
      await world.settle();
      end(world);
      world.on.connection.dispose();
    }),
    { numRuns: 150 },
  );
}

const isRising = (numbers: number[]) => numbers.every((n, index) => index === 0 || n > (numbers[index - 1] ?? n));

test('nobody ever subscribes what is subscribed', () =>
  always(({ complaints }) => {
    expect(complaints).toEqual([]);
  }));

test('events come in order, once each, and none that is sent to a member is lost on a line that lasts', () =>
  always(({ heard }) => {
    expect(heard.every(isRising)).toBe(true);
  }));

test('in the end the server has whom the channels say, and that is who is wanted and was not left or ended', () =>
  always(
    () => {},
    ({ rooms, members, releases }) => {
      const joined = rooms.filter((room) => room.getSnapshot().status === 'joined').map(({ topic }) => topic);
      expect([...members].sort()).toEqual(joined);
      rooms.forEach((room, index) => {
        const { status } = room.getSnapshot();
        if (!releases[index]?.length) expect(['idle', 'left']).toContain(status);
        else expect(['joined', 'left']).toContain(status);
      });
    },
  ));

test('in the end nothing runs but the line, and nothing is kept of who is at rest', () =>
  always(
    () => {},
    ({ on, releases, rooms }) => {
      releases.flat().forEach((release) => release());
      on.environment.advance(0);
      rooms.forEach((room) => room.leave());
      on.environment.advance(10_000);
      expect(rooms.map((room) => room.getSnapshot().status)).not.toContain('leaving');
      expect(on.environment.timers).toEqual([]);
    },
  ));
