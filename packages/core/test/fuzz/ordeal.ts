import { expect, vi } from 'vitest';
import { channel } from '../../src/index';
import { FakeEnvironment, microtasks } from '../kit/fakeEnvironment';
import { fakeWebSockets, type FakeWebSocket } from '../kit/fakeWebSocket';
import type { AnyConnection, Dialect } from './dialects';
import type { WireFrame } from './hostile';

/** When the frames come: before the server has said who it is, while a channel joins, or after. */
export type Moment = 'greeting' | 'joining' | 'joined';

/** Some timer is started again and again, and time never goes on. */
const MAX_TIMERS = 20_000;

/** A hang would be a test that never ends: this one throws instead. */
class BoundedEnvironment extends FakeEnvironment {
  #started = 0;

  constructor() {
    super();
    const { setTimeout } = this;
    this.setTimeout = (callback, delay) => {
      if (++this.#started > MAX_TIMERS) throw new Error('It hangs: timers start timers for ever.');
      return setTimeout(callback, delay);
    };
  }
}

/** A connection on fakes, and a server that behaves unless it is told to be hostile. */
class Ordeal {
  readonly environment = new BoundedEnvironment();
  readonly connection: AnyConnection;
  readonly #dialect: Dialect;
  readonly #sockets: FakeWebSocket[];
  readonly #answered = new Map<FakeWebSocket, number>();

  constructor(dialect: Dialect) {
    const { WebSocket, sockets } = fakeWebSockets();
    this.#dialect = dialect;
    this.#sockets = sockets;
    this.connection = dialect.connect({ WebSocket, lifecycle: { environment: this.environment } });
  }

  /** Connects, up to where the server would greet. */
  async reach(): Promise<void> {
    this.connection.connect();
    await microtasks();
    const socket = this.#socket;
    if (socket?.readyState === 0) socket.accept(socket.protocols[0]);
    await microtasks();
  }

  /** The server greets, and answers all that was asked, and all that is asked then. */
  async serve(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) {
      const socket = this.#socket;
      if (socket?.readyState !== 1) return;
      const seen = this.#answered.get(socket);
      if (seen === undefined) for (const frame of this.#dialect.welcome) socket.deliver(frame);
      const asked = socket.sent.slice(seen ?? 0);
      this.#answered.set(socket, socket.sent.length);
      for (const frame of asked) {
        const answer = typeof frame === 'string' && this.#dialect.answer(frame);
        if (answer) socket.deliver(answer);
      }
      await microtasks();
    }
  }

  async deliver(frame: WireFrame): Promise<void> {
    this.#socket?.deliver(frame);
    await microtasks();
  }

  /** The line is lost. */
  drop(): void {
    this.#socket?.end(1006);
  }

  get #socket(): FakeWebSocket | undefined {
    return this.#sockets.at(-1);
  }
}

/**
 * A server that behaves, then says these frames, then behaves again: nothing may be thrown, nothing may hang, and
 * everything works afterwards.
 */
export async function ordeal(dialect: Dialect, moment: Moment, frames: readonly WireFrame[]): Promise<void> {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    await suffer(dialect, moment, frames);
    expect(reported.mock.calls).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  } finally {
    reported.mockRestore();
  }
}

async function suffer(dialect: Dialect, moment: Moment, frames: readonly WireFrame[]): Promise<void> {
  const on = new Ordeal(dialect);
  const room = channel(on.connection, 'room');
  room.on('*', () => {});
  room.retain();

  await on.reach();
  if (moment !== 'greeting') await on.serve();
  if (moment === 'joined') await on.serve();
  for (const frame of frames) await on.deliver(frame);
  on.environment.advance(60_000);

  on.drop();
  on.environment.advance(60_000);
  await on.reach();
  await on.serve();
  expect(on.connection.getSnapshot().status).toBe('connected');
  const fresh = channel(on.connection, 'fresh');
  const heard: unknown[] = [];
  fresh.on('say', (payload) => heard.push(payload));
  fresh.retain();
  await on.serve();
  await on.deliver(dialect.event('fresh', 7));
  expect(heard).toEqual([7]);

  on.connection.dispose();
  await microtasks();
  expect(on.environment.timers).toEqual([]);
}
